import type { Finding, Together, TogetherRule } from './rule.ts'
import { activationRedundant } from './rules/activation-redundant.ts'
import { assetWithoutUser } from './rules/asset-without-user.ts'
import { configurationWithoutActivation } from './rules/configuration-without-activation.ts'
import { propertiesDuplicate } from './rules/properties-duplicate.ts'
import { settingsConflict } from './rules/settings-conflict.ts'
import { shardsDivide } from './rules/shards-divide.ts'

/** What lies idle: looked at over everything that is declared. */
const idle: readonly TogetherRule[] = [configurationWithoutActivation, assetWithoutUser]

/** What meets on a device: looked at over what one device gets, as far as that is known. */
const meeting: readonly TogetherRule[] = [settingsConflict, propertiesDuplicate]

/** What activations do to each other: looked at over everything, or over what belongs together. */
const pairs: readonly TogetherRule[] = [activationRedundant, shardsDivide]

/** What no activation and no configuration uses, among all that is declared. */
export function checkIdle(together: Together): readonly Finding[] {
  return idle.flatMap((rule) => rule(together))
}

/** What contradicts each other on a device that gets these. */
export function checkMeeting(together: Together): readonly Finding[] {
  return meeting.flatMap((rule) => rule(together))
}

/** Activations that are the same, or do not divide devices as they seem to. */
export function checkPairs(together: Together): readonly Finding[] {
  return pairs.flatMap((rule) => rule(together))
}
