import type { Json } from '@edict/protocol'
import { type Problem, type ProblemCode, refusal } from '../problem.ts'
import { escapePointer } from './references.ts'

/**
 * What in a value has no canonical text, so that it could be neither stored, hashed nor sent: half a surrogate pair, and
 * numbers that are rounded when they are read.
 *
 * @param at JSON pointer to the value
 * @param malformed the code for text; numbers have their own
 * @see https://www.rfc-editor.org/rfc/rfc8785 §3.2.2, https://www.rfc-editor.org/rfc/rfc7493 §2.2
 */
export function canonicalFlaws(value: Json, at: string, malformed: ProblemCode): readonly Problem[] {
  if (typeof value === 'string') return value.isWellFormed() ? [] : [halfCharacter(value, at, malformed)]
  if (typeof value === 'number') return isExact(value) ? [] : [inexact(value, at)]
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value.flatMap((item, index) => canonicalFlaws(item, `${at}/${index}`, malformed))
  return Object.entries(value).flatMap(([key, item]) => [
    ...(key.isWellFormed() ? [] : [halfCharacter(key, at, malformed)]),
    ...canonicalFlaws(item, `${at}/${escapePointer(key.toWellFormed())}`, malformed),
  ])
}

function isExact(value: number): boolean {
  return Number.isFinite(value) && (Number.isSafeInteger(value) || !Number.isInteger(value))
}

function halfCharacter(text: string, at: string, code: ProblemCode): Problem {
  const evidence = { at, found: text.toWellFormed(), expected: 'Unicode text' }
  return refusal(code, 'Cannot use this text: it contains half a surrogate pair', evidence)
}

function inexact(value: number, at: string): Problem {
  const evidence = { at, found: String(value), expected: 'a number below 2^53', remedy: 'write it as a string' }
  return refusal('number-too-large', `Cannot use the number ${value}: it would be rounded`, evidence)
}
