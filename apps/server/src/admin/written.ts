import { lintMessage, type Problem, placeOfProblem, type WireProblem, writtenJson } from '@edict/core'
import type { FastifyRequest } from 'fastify'

/** Bodies as they were sent, for as long as their requests live. */
const bodies = new WeakMap<FastifyRequest, Uint8Array>()

/** Keeps what was sent, so that a problem can say where in it it is. */
export function keepBody(request: FastifyRequest, body: Uint8Array): void {
  bodies.set(request, body)
}

/** Something wrong at a JSON pointer into the body. */
type Placed = Pick<Problem, 'at' | 'found'> & { readonly code: string }

/** Adds line and column of the request body to problems that are in it. */
export function placedIn(request: FastifyRequest): <P extends Placed>(problem: P) => P & Partial<LineAndColumn> {
  const body = bodies.get(request)
  if (body === undefined) return (problem) => problem
  const text = new TextDecoder().decode(body)
  const written = writtenJson(text)
  return (problem) => {
    const at = pointerInto(problem.at)
    const place = at === undefined ? undefined : placeOfProblem({ ...problem, at }, written)
    return place === undefined ? problem : { ...problem, line: place.line, column: place.column }
  }
}

interface LineAndColumn {
  readonly line: number
  readonly column: number
}

/** What stands in the path of the request has no place in its body, and neither has a header. */
function pointerInto(at: string | undefined): string | undefined {
  if (at === undefined || /^\/(?:Identifier|name|query|params)$|^\/(?:query|params)\//.test(at)) return undefined
  const inside = at.replace(/^\/body(?=\/|$)/, '')
  return inside === '' || inside.startsWith('/') ? inside : undefined
}

/** What is wrong with a body that is no JSON, with the slips that are known by name before others. */
export function unreadable(request: FastifyRequest): WireProblem | undefined {
  const body = bodies.get(request)
  const problems = body === undefined ? [] : lintMessage(body, { kind: 'draft' }).problems
  return problems.find(({ code, severity }) => severity === 'error' && unreadableCodes.has(code))
}

/** Whether it is one of the slips that are known by name: quotes that end a string too early, or are no quotes of JSON. */
export function isSlip(code: WireProblem['code']): boolean {
  return code === 'quotes-curly' || code === 'quotes-unescaped'
}

const unreadableCodes: ReadonlySet<string> = new Set<WireProblem['code']>([
  'body-compressed',
  'body-encoding',
  'body-html',
  'json-limit',
  'json-syntax',
  'quotes-curly',
  'quotes-unescaped',
])
