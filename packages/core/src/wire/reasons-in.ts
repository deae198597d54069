import { type JsonMessage, topOf } from './message.ts'
import { ownKey } from './own-key.ts'
import { child } from './pointer.ts'
import { type Dictionary, isDictionary, isList, type Value } from './walk-shape.ts'

/** A reason in a status report. Those of `Errors` have capitalized keys, those inside items do not. */
export interface ReasonPlace {
  readonly at: string
  readonly reason: Dictionary
  readonly capitalized: boolean
}

/** Every reason of a status report. */
export function reasonsIn(message: JsonMessage): readonly ReasonPlace[] {
  const top = topOf(message)
  return [...ofErrors(ownKey(top, 'Errors')), ...ofItems(ownKey(top, 'StatusItems'), '/StatusItems')]
}

function ofErrors(errors: Value | undefined): readonly ReasonPlace[] {
  if (!isList(errors)) return []
  return errors.flatMap((error, index) =>
    isDictionary(error) ? reasons(ownKey(error, 'Reasons'), `/Errors/${index}/Reasons`, true) : [],
  )
}

function ofItems(value: Value | undefined, at: string): readonly ReasonPlace[] {
  if (isList(value)) return value.flatMap((one, index) => ofItems(one, child(at, index)))
  if (!isDictionary(value)) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'reasons' ? reasons(inner, child(at, key), false) : ofItems(inner, child(at, key)),
  )
}

function reasons(value: Value | undefined, at: string, capitalized: boolean): readonly ReasonPlace[] {
  if (!isList(value)) return []
  return value.flatMap((reason, index) => (isDictionary(reason) ? [{ at: child(at, index), reason, capitalized }] : []))
}
