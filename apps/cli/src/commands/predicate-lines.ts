import { decodeFacts, evaluate, factsContext, type Outcome, Real, type Value } from '@edict/predicate'
import { UsageError } from '../failure.ts'
import type { Output } from '../output.ts'

/**
 * Evaluates lines `{id, predicate, object}`, and prints a line `{id, result}` for each, in order: true, false, or "error"
 * with `stage` and `message`. In `object`, `status` and `properties` are what `@status(…)` and `@property(…)` see; bare keys
 * see it all. A line that holds no case has its answer too, an error of stage `parse` with the id null where there is none
 * to be read; after the last line, the first such line is thrown as a UsageError. Blank lines do not count.
 *
 * @param now milliseconds since 1970 for `now()`
 */
export function evaluateLines(text: string, output: Output, now: number): void {
  let unusable: UsageError | undefined
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    if (line.trim() === '') continue
    const { id, outcome, isCase } = answerTo(line, now)
    const answer = { id: plainId(id) }
    if (outcome.kind !== 'error') output.jsonLine({ ...answer, result: outcome.kind === 'true' })
    else output.jsonLine({ ...answer, result: 'error', stage: outcome.stage, message: outcome.message })
    if (outcome.kind === 'error' && !isCase) unusable ??= unusableLine(index + 1, outcome.message)
  }
  if (unusable) throw unusable
}

interface Answer {
  readonly id: Value
  readonly outcome:
    | Pick<Outcome & { kind: 'error' }, 'kind' | 'stage' | 'message'>
    | { readonly kind: 'true' | 'false' }
  /** The line holds a predicate, whatever came of it. */
  readonly isCase: boolean
}

function answerTo(line: string, now: number): Answer {
  const value = decoded(line)
  if (typeof value === 'string') return noCase(idAt(line), value)
  const { id = null, predicate, object = {} } = value
  if (typeof predicate !== 'string') return noCase(id, 'predicate is no string')
  const outcome = evaluate(predicate, { ...factsContext(object, now), random: Math.random })
  return { id, outcome, isCase: true }
}

function noCase(id: Value, message: string): Answer {
  return { id, outcome: { kind: 'error', stage: 'parse', message }, isCase: false }
}

/** The object of a line, or what is wrong with it. */
function decoded(line: string): string | { readonly [key: string]: Value } {
  try {
    const value = decodeFacts(line)
    return isDictionary(value) ? value : 'it is not a JSON object'
  } catch (error) {
    if (error instanceof SyntaxError) return error.message
    throw error
  }
}

/** The id of a line whose facts cannot be read, such as facts that are nested too deeply. */
function idAt(line: string): Value {
  try {
    const value: unknown = JSON.parse(line)
    return isDictionary(value) ? (value.id ?? null) : null
  } catch {
    return null
  }
}

function isDictionary(value: unknown): value is { readonly [key: string]: Value } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** JSON.stringify writes what this makes as it is; its type does not know it yet. */
const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown }

/** An id goes back as it came, with digits that a JavaScript number would lose. */
function plainId(id: Value): unknown {
  if (typeof id === 'bigint') return rawJSON(String(id))
  if (id instanceof Real) return id.value
  return typeof id === 'string' || typeof id === 'number' ? id : null
}

function unusableLine(number: number, why: string): UsageError {
  return new UsageError(
    `Cannot use line ${number}: ${why}`,
    'write {"id": …, "predicate": "…", "object": {…}} on each line',
  )
}
