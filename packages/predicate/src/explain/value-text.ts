import { printString } from '../printer/literal.ts'
import { shortened } from '../printer/shortened.ts'
import { isArray } from '../value/kind.ts'
import { Real } from '../value/real.ts'
import type { Value } from '../value/value.ts'

/** A value as a predicate would write it, as far as it can; of large ones, the beginning. */
export function valueText(value: Value | undefined, most = 60): string {
  return shortened(written(value, most), most)
}

function written(value: Value | undefined, most: number): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (typeof value === 'string') return printString(value.slice(0, most))
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  if (value instanceof Real) return Number.isInteger(value.value) ? `${value.value}.0` : String(value.value)
  if (value instanceof Date) return value.toISOString()
  if (isArray(value))
    return `{${some(value, most)
      .map((element) => written(element, most))
      .join(', ')}}`
  const entries = some(Object.entries(value), most).map(([key, inner]) => `${key}: ${written(inner, most)}`)
  return `[${entries.join(', ')}]`
}

/** No more elements than could be shown. */
function some<Element>(elements: readonly Element[], most: number): readonly Element[] {
  return elements.slice(0, Math.ceil(most / 3))
}
