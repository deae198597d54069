import type { Transaction } from '@edict/store'
import { certificateChanged } from './certificate-changed.ts'

/** Lets no certificate that a device used, or is awaited with, speak for it any more: how many it used. */
export async function endPins(
  tx: Transaction,
  device: string,
  how: { readonly at: number; readonly why: string },
): Promise<number> {
  await tx.endAwaited([device])
  const alive = (await tx.pinsOf(device)).filter(({ state }) => state !== 'revoked')
  if (alive.length === 0) return 0
  await tx.revokePins(
    alive.map(({ fingerprint }) => fingerprint),
    how,
  )
  await tx.addEvents([certificateChanged(device, how.at)])
  return alive.length
}
