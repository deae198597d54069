import { Real } from './real.ts'
import type { Value } from './value.ts'

type SourceReviver = (this: unknown, key: string, value: unknown, context: { readonly source?: string }) => unknown

/** JSON.parse gives revivers the source of a number, which its type does not know yet. */
const parseWithSource = JSON.parse as (text: string, reviver: SourceReviver) => Value

/**
 * Reads JSON as the language sees it: `2.0` stays a real and integers beyond 2^53 stay exact, which plain JSON.parse
 * loses. Throws SyntaxError.
 */
export function decodeFacts(text: string): Value {
  try {
    return parseWithSource(text, withKind)
  } catch (error) {
    if (error instanceof RangeError) throw new SyntaxError('Cannot read facts: they are nested too deeply')
    throw error
  }
}

const withKind: SourceReviver = (_key, value, { source }) => {
  if (typeof value !== 'number' || source === undefined || !Number.isInteger(value)) return value
  if (/[.eE]/.test(source)) return new Real(value)
  return Number.isSafeInteger(value) ? value : BigInt(source)
}
