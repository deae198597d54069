import type { Availability, ByPlatform } from './availability.ts'
import type { KeyTable, ValueFacts, ValueType } from './value-facts.ts'

/** A status item: what a device reports under its name. */
export interface StatusItemFacts {
  readonly name: string
  readonly type: ValueType
  /** An array of objects with `identifier` as their key: a device reports what changed, not the whole. */
  readonly identified: boolean
  /** Of a dictionary, or of the objects in an array; empty for everything else. */
  readonly keys: KeyTable
  /** All of the above, as the schema nests it. */
  readonly value: ValueFacts
  readonly availability: ByPlatform<Availability>
}
