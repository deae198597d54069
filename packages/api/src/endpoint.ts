import type { TSchema } from 'typebox'
import type { ProblemCode } from './problem.ts'

/** One line of the admin contract. */
export interface Endpoint {
  readonly name: string
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE'
  /** Parameters as `:name`; in a request they are percent-encoded, `:` and `/` included. */
  readonly path: string
  /** Other paths that reach it. */
  readonly aliases?: readonly string[]
  readonly summary: string
  readonly params?: TSchema
  readonly query?: TSchema
  readonly body?: TSchema
  /** Media type of a body that is octets and no JSON. */
  readonly consumes?: string
  /** A request without a body counts as one with `{}`. */
  readonly bodyOptional?: boolean
  readonly responses: Readonly<Record<number, TSchema>>
  /** Media type of the answer; JSON when absent. */
  readonly produces?: string
  /**
   * What comes one after the other, with its place as `id`, for who asks with `Accept: text/event-stream`: server-sent events, which go on
   * after the place that `Last-Event-ID` says.
   */
  readonly stream?: TSchema
  /** Codes of the problems it can answer with, beside those that any endpoint can. */
  readonly problems: readonly ProblemCode[]
  /** Leaves an audit entry. */
  readonly write: boolean
  /** Goes through the plan: takes `If-Match` with a revision as ETag, answers with the new one as `ETag`. */
  readonly planned?: boolean
  /** Needs no token. */
  readonly public?: boolean
}

/** Percent-encodes `params` into the path of an endpoint. */
export function endpointPath(path: string, params: Readonly<Record<string, string>> = {}): string {
  return path.replace(/:([a-z]+)/gi, (_, name: string) => {
    const value = params[name]
    if (value === undefined) throw new TypeError(`Cannot make path ${path}: ${name} is missing`)
    return encodeURIComponent(value)
  })
}
