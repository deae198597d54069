import { DeviceError } from '@edict/device'

/** Whether the server said that it does not want the device; anything else may be better the next time. */
export function isRefusal(error: unknown): boolean {
  if (!(error instanceof DeviceError) || typeof error.found !== 'number') return false
  return error.found >= 400 && error.found < 500 && error.found !== 429
}
