import { type AccountMode, accountModes } from '@edict/core'
import type { SignInSettings } from './sign-in-settings.ts'

/** A mode of account-driven enrollment as it stands in an address; undefined when it is none, or not offered. */
export function offeredMode(given: string, { modes }: SignInSettings): AccountMode | undefined {
  const mode = accountModes.find((one) => one === given)
  return mode !== undefined && modes.includes(mode) ? mode : undefined
}
