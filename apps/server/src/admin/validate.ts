import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Value } from 'typebox/value'
import { AdminError } from './problem.ts'

const validators = new WeakMap<TSchema, ReturnType<typeof Compile>>()

/**
 * Checks a part of a request against the contract, each schema compiled once. Numbers and booleans of a query are read from
 * their text; bodies are taken as they are, and no key is dropped silently.
 */
export function validatorFor({
  schema,
  httpPart,
}: {
  readonly schema: unknown
  readonly httpPart?: string | undefined
}) {
  const typed = schema as TSchema
  const validator = validators.get(typed) ?? Compile(typed)
  validators.set(typed, validator)
  return (data: unknown): { readonly value?: unknown; readonly error?: Error } => {
    const value = httpPart === 'querystring' ? Value.Convert(typed, { ...(data as object) }) : data
    return validator.Check(value) ? { value } : { error: malformed(validator, value, httpPart ?? 'body') }
  }
}

function malformed(validator: ReturnType<typeof Compile>, value: unknown, part: string): AdminError {
  const first = validator.Errors(value)[0]
  const at = `/${part === 'querystring' ? 'query' : part}${first?.instancePath ?? ''}`
  const detail = first?.message ?? 'it does not fit the contract'
  const found = first === undefined ? value : place(value, first.instancePath)
  return new AdminError('request-malformed', `Cannot read the request: ${at} ${detail}`, {
    at,
    ...(found === undefined ? {} : { found }),
    expected: first === undefined ? 'what /openapi.json says' : `${detail}${paramsOf(first)}`,
  })
}

function paramsOf(error: object): string {
  if (!('params' in error) || typeof error.params !== 'object' || error.params === null) return ''
  const values = Object.values(error.params).flat().map(String)
  return values.length === 0 ? '' : ` (${values.join(', ')})`
}

function place(value: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (inner, step) =>
        typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[step] : undefined,
      value,
    )
}
