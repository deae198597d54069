import { accountProfile } from './account-profile.ts'
import { automatedProfile } from './automated-profile.ts'
import type { Asking, ObtainedProfile } from './obtained-profile.ts'
import { watchProfile } from './watch-profile.ts'
import type { Way } from './way.ts'

/**
 * Gets the enrollment profile by the way that was chosen.
 *
 * @throws DeviceError with the step that failed
 */
export async function obtainProfile(way: Way, asking: Asking): Promise<ObtainedProfile> {
  if (way instanceof Uint8Array) return { profile: way, account: null }
  switch (way.kind) {
    case 'account':
      return accountProfile(way, asking)
    case 'automated':
    case 'automated-web':
      return automatedProfile(way, asking)
    case 'watch':
      return watchProfile(way, asking)
  }
}
