import type { Finding, Together, TogetherRule } from './rule.ts'
import { assetWithoutUser } from './rules/asset-without-user.ts'
import { configurationWithoutActivation } from './rules/configuration-without-activation.ts'
import { propertiesDuplicate } from './rules/properties-duplicate.ts'
import { settingsConflict } from './rules/settings-conflict.ts'

/** What lies idle: looked at over everything that is declared. */
const idle: readonly TogetherRule[] = [configurationWithoutActivation, assetWithoutUser]

/** What meets on a device: looked at over what one device gets, as far as that is known. */
const meeting: readonly TogetherRule[] = [settingsConflict, propertiesDuplicate]

/** What no activation and no configuration uses, among all that is declared. */
export function checkIdle(together: Together): readonly Finding[] {
  return idle.flatMap((rule) => rule(together))
}

/** What contradicts each other on a device that gets these. */
export function checkMeeting(together: Together): readonly Finding[] {
  return meeting.flatMap((rule) => rule(together))
}
