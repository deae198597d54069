/** A `<real>`. Kept apart from integers, because `1.0` read and written again must stay a real. */
export class PlistReal {
  readonly value: number

  constructor(value: number) {
    this.value = value
  }
}

/** Integers are `number` while they are safe and `bigint` beyond 2^53. */
export type PlistValue =
  | string
  | boolean
  | number
  | bigint
  | PlistReal
  | Date
  | Uint8Array
  | readonly PlistValue[]
  | PlistDict

/** Own plain properties; a key named `__proto__` is a property like any other. */
export interface PlistDict {
  readonly [key: string]: PlistValue
}

export function isPlistDict(value: PlistValue | undefined): value is PlistDict {
  return (
    typeof value === 'object' &&
    !Array.isArray(value) &&
    !(value instanceof Date) &&
    !(value instanceof Uint8Array) &&
    !(value instanceof PlistReal)
  )
}
