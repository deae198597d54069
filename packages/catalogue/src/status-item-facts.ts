import type { Availability, ByPlatform } from './availability.ts'
import type { StatusItemName } from './generated/names.ts'
import type { ValueType } from './value-facts.ts'

/** A status item; what is inside its value is in `statusItemValue`. */
export interface StatusItemFacts {
  readonly name: StatusItemName
  readonly type: ValueType
  /** An array of objects with `identifier` as their key: a device reports what changed, not the whole. */
  readonly identified: boolean
  readonly availability: ByPlatform<Availability>
}
