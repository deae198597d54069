import type { Availability, ByPlatform, Requirements, ValueFacts } from '@edict/catalogue'
import { isJsonObject } from '@edict/protocol'
import { unavailable } from '../../eligibility/available.ts'
import type { Target } from '../../eligibility/eligibility.ts'
import { refusal } from '../../problem.ts'
import { expectedValue } from '../payload/expected-value.ts'
import { keyAvailability } from '../payload/key-availability.ts'
import type { PayloadRule } from '../payload/payload-place.ts'
import { unknownKeys } from '../payload/unknown-keys.ts'
import { escapePointer } from '../references.ts'

/**
 * A key that Apple's schema requires wherever its dictionary is present; a device reports Error.MissingRequiredPayloadKeys
 * or refuses the value. One that is there under a misspelt name is not missed too.
 *
 * @see apple:docs/schema.yaml (presence)
 */
export const payloadPresence: PayloadRule = ({ value, facts, notation, at, name, availability }, { targets }) => {
  if (!isJsonObject(value) || facts.keys === undefined) return []
  const misspelt = new Set(unknownKeys(value, facts).map(({ meant }) => meant))
  return Object.entries(facts.keys)
    .filter(([key, { presence }]) => presence === 'required' && !Object.hasOwn(value, key) && !misspelt.has(key))
    .filter(([, key]) => demanded(key, availability, targets))
    .map(([key, wanted]) =>
      refusal('payload-presence', `Cannot leave out ${key}: ${name} needs it`, {
        at: `${at}/${escapePointer(key)}`,
        found: 'nothing',
        expected: expectedValue(wanted, notation),
        remedy: `add ${key}`,
      }),
    )
}

/** Some required keys do not exist on every platform of their declaration (`RPN` of math.settings is not on iOS). */
function demanded(
  key: ValueFacts,
  around: ByPlatform<Availability & Requirements>,
  targets: readonly Target[] | undefined,
): boolean {
  const here = keyAvailability(around, key.availability)
  if (targets === undefined) return Object.keys(around).every((platform) => platform in here)
  return targets.some((target) => unavailable('', here, target) === undefined)
}
