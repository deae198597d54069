import { DeviceError } from '@edict/device'

/** Trying again would not help: the profile is unusable, or the authority said no. */
const final: ReadonlySet<string> = new Set([
  'authority-foreign',
  'device-unexpected',
  'discovery-failed',
  'enrollment-mode-foreign',
  'identity-refused',
  'key-size',
  'profile-incomplete',
  'profile-unreadable',
  'sign-in-failed',
  'sign-in-unclear',
  'update-required',
])

/** Whether the server said that it does not want the device; anything else may be better the next time. */
export function isRefusal(error: unknown): boolean {
  if (!(error instanceof DeviceError)) return false
  if (final.has(error.code)) return true
  return typeof error.found === 'number' && error.found >= 400 && error.found < 500 && error.found !== 429
}
