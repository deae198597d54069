import type { EnrollmentIdentity, SetBootstrapToken } from '@edict/protocol'
import { DeviceError } from '../device/device-error.ts'
import { escrowSecret } from '../escrow/escrow-secret.ts'
import { openSecret } from '../escrow/open-secret.ts'
import type { SecretName } from '../escrow/secret-name.ts'
import type { Services } from '../services.ts'
import { known } from './known-channel.ts'

const BOOTSTRAP_TOKEN: SecretName = 'bootstrap-token'

/** Escrows a Mac's bootstrap token; an absent or empty one deletes it. @see apple:mdm/checkin/setbootstraptoken.yaml */
export async function setBootstrapToken(
  who: EnrollmentIdentity,
  { BootstrapToken: secret }: SetBootstrapToken,
  services: Pick<Services, 'store' | 'now' | 'escrow'>,
): Promise<void> {
  const { store, now } = services
  await store.transaction(async (tx) => {
    const [locked] = await tx.lock([who.device])
    const { period } = known(who.device, locked).enrollment
    if (secret === undefined || secret.length === 0) return tx.deleteSecret(who.device, BOOTSTRAP_TOKEN)
    await escrowSecret(tx, { enrollment: who.device, name: BOOTSTRAP_TOKEN, period, secret, at: now() }, services)
  })
}

/**
 * Gives it back to the device that escrowed it in this enrollment period; undefined, and no error, when there is none. One of an earlier
 * period is kept for the administrator: whoever enrolls as this device later did not escrow it. One that is damaged is none: nothing opens
 * it any more, and what the device escrows next takes its place. One that another master key opens is there, and to say that it is not
 * would be a lie that the Mac might act on.
 *
 * @throws DeviceError `secret-locked`
 * @see apple:mdm/checkin/getbootstraptoken.yaml
 */
export async function getBootstrapToken(
  who: EnrollmentIdentity,
  services: Pick<Services, 'store' | 'escrow' | 'log'>,
): Promise<Uint8Array | undefined> {
  const { store } = services
  known(who.device, await store.read.channel(who.device))
  const stored = await store.read.secret(who.device, BOOTSTRAP_TOKEN)
  if (stored === undefined || stored.past) return undefined
  const opened = openSecret(who.device, stored, services)
  if (opened.kind === 'open') return opened.secret
  if (opened.kind === 'damaged') return undefined
  throw new DeviceError('secret-locked', 'Cannot give the bootstrap token now: try again', { found: who.device })
}
