import type { EnrollmentIdentity, SetBootstrapToken } from '@edict/protocol'
import type { Services } from '../services.ts'
import { known } from './known-channel.ts'

const BOOTSTRAP_TOKEN = 'bootstrap-token'

/** Escrows a Mac's bootstrap token; an absent or empty one deletes it. @see apple:mdm/checkin/setbootstraptoken.yaml */
export async function setBootstrapToken(
  who: EnrollmentIdentity,
  { BootstrapToken }: SetBootstrapToken,
  { store, now }: Pick<Services, 'store' | 'now'>,
): Promise<void> {
  await store.transaction(async (tx) => {
    const [locked] = await tx.lock([who.device])
    const { enrollment } = known(who.device, locked)
    if (BootstrapToken === undefined || BootstrapToken.length === 0) return tx.deleteSecret(who.device, BOOTSTRAP_TOKEN)
    await tx.putSecret(who.device, {
      name: BOOTSTRAP_TOKEN,
      value: BootstrapToken,
      period: enrollment.period,
      at: now(),
    })
  })
}

/** Gives it back to the device that escrowed it; undefined, and no error, when there is none. */
export async function getBootstrapToken(
  who: EnrollmentIdentity,
  { store }: Pick<Services, 'store'>,
): Promise<Uint8Array | undefined> {
  known(who.device, await store.read.channel(who.device))
  return (await store.read.secret(who.device, BOOTSTRAP_TOKEN))?.value
}
