import type { ExpectedDevice } from '@edict/store'
import type { Services } from '../services.ts'
import type { Write } from './commit.ts'

export type DeviceWish = Pick<ExpectedDevice, 'awaits' | 'shared' | 'note'>

/** Lets devices enroll by themselves from now on. Of those that are expected already, the wish is replaced. Gives how many. */
export async function expectDevices(
  serials: readonly string[],
  wish: DeviceWish,
  { actor, action, subject: target, detail }: Write,
  { store, now }: Pick<Services, 'store' | 'now'>,
): Promise<number> {
  const named = [...new Set(serials.map(serialOf))]
  await store.transaction(async (tx) => {
    const at = now()
    await tx.putExpected(named.map((serial) => ({ serial, ...wish, expectedAt: at })))
    await tx.addAudit({ at, actor, action, target, revision: 0, detail })
  })
  return named.length
}

/** Does not let them any more; who is enrolled stays. Gives how many were expected. */
export async function forgetDevices(
  serials: readonly string[],
  { actor, action, subject: target, detail }: Write,
  { store, now }: Pick<Services, 'store' | 'now'>,
): Promise<number> {
  return store.transaction(async (tx) => {
    const forgotten = await tx.forgetExpected([...new Set(serials.map(serialOf))])
    await tx.addAudit({ at: now(), actor, action, target, revision: 0, detail })
    return forgotten
  })
}

/** As it is kept: people type small letters, devices say capital ones. */
export function serialOf(text: string): string {
  return text.trim().toUpperCase()
}
