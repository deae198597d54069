import { decodeFacts, evaluate, factsContext, type Value } from '@edict/predicate'
import { UsageError } from '../failure.ts'
import type { Output } from '../output.ts'

/**
 * Evaluates lines `{id, predicate, object}`, and prints a line `{id, result}` for each: true, false, or "error" with `stage`
 * and `message`. In `object`, `status` and `properties` are what `@status(…)` and `@property(…)` see; bare keys see it all.
 */
export function evaluateLines(text: string, output: Output): void {
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const { id, predicate, object } = caseOf(line, index + 1)
    const outcome = evaluate(predicate, factsContext(object))
    const { kind } = outcome
    output.jsonLine(
      kind === 'error'
        ? { id, result: 'error', stage: outcome.stage, message: outcome.message }
        : { id, result: kind === 'true' },
    )
  }
}

interface Case {
  readonly id: string | number
  readonly predicate: string
  readonly object: Value
}

function caseOf(line: string, number: number): Case {
  const { id, predicate, object } = fieldsOf(line, number)
  if (typeof id !== 'string' && typeof id !== 'number') throw unusable(number, 'id is missing')
  if (typeof predicate !== 'string') throw unusable(number, 'predicate is no string')
  return { id, predicate, object: object ?? {} }
}

function fieldsOf(line: string, number: number): { readonly [key: string]: Value } {
  try {
    const value = decodeFacts(line)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as { [key: string]: Value }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw unusable(number, error.message)
  }
  throw unusable(number, 'it is not a JSON object')
}

function unusable(number: number, why: string): UsageError {
  return new UsageError(
    `Cannot use line ${number}: ${why}`,
    'write {"id": …, "predicate": "…", "object": {…}} on each line',
  )
}
