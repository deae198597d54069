import type { Services } from '../services.ts'
import { certificateChanged } from './certificate-changed.ts'

/** Why a certificate was revoked whose successor is in use. */
export const SUPERSEDED = 'superseded'

/** A device has used its renewed certificate for the first time: that one is its certificate from now on, and the old one is none. */
export async function succeed(
  fingerprint: string,
  device: string,
  { store, now }: Pick<Services, 'store' | 'now'>,
): Promise<void> {
  await store.transaction(async (tx) => {
    await tx.lock([device])
    const at = now()
    const pins = await tx.pinsOf(device)
    if (!pins.some((pin) => pin.fingerprint === fingerprint && pin.state === 'next')) return
    const old = pins.filter(({ state }) => state === 'current').map((pin) => pin.fingerprint)
    await tx.revokePins(old, { at, why: SUPERSEDED })
    await tx.promotePin(fingerprint)
    await tx.addEvents([certificateChanged(device, at)])
  })
}
