import { type Enrollment, isPending, isRenewal } from '@edict/core'
import { encodeCommand } from '@edict/protocol'
import type { Transaction } from '@edict/store'
import type { Proven } from '../identity/proven.ts'
import type { Services } from '../services.ts'
import { newChallenge } from '../trust/new-challenge.ts'
import { signedProfile } from './signed-profile.ts'

const DAY = 86_400_000

/** An identity is renewed from this long before its end on. Devices may be off for a summer. */
export const RENEWED_AHEAD = 90 * DAY

/** A device that did not manage to renew is asked again after this. */
const PAUSE = 4 * 3_600_000

type Uses = Pick<Services, 'reach' | 'now' | 'newId'>

/**
 * Queues the renewal of a device's identity when the certificate that it just spoke by is about to end and is one of ours, or of the
 * server that it was imported from. What a device would refuse is not sent to it: its topic is what it enrolled with, and what its
 * profile says has to be known.
 */
export async function queueRenewal(
  tx: Transaction,
  { id, channel, shape, push, imported }: Enrollment,
  proven: Proven | null,
  { reach, now, newId }: Uses,
): Promise<void> {
  const at = now()
  if (proven === null || channel !== 'device' || proven.certificate.notAfter - at > RENEWED_AHEAD) return
  if (reach.url() === null || push?.topic !== reach.topic) return
  if (imported !== undefined && !isRenewable({ shape, imported })) return
  if (imported === undefined && (await tx.certificate(proven.certificate.fingerprint)) === undefined) return
  const asked = (await tx.commands(id, 'all')).filter(({ command }) => isRenewal(command))
  if (asked.some((one) => isPending(one) || at - one.queuedAt < PAUSE)) return
  await tx.addCommand({
    CommandUUID: newId(),
    enrollment: id,
    command: { RequestType: 'InstallProfile' },
    state: 'queued',
    queuedAt: at,
    sentAt: null,
    answeredAt: null,
    result: null,
  })
}

/**
 * Whether an imported device would take a profile of ours: what its own says is known. That of account-driven enrollment names
 * an account too, which is not imported.
 */
export function isRenewable({ shape, imported }: Pick<Enrollment, 'shape' | 'imported'>): boolean {
  return imported !== undefined && imported.terms !== null && shape === 'device'
}

/** The command that renews, with a profile whose challenge is for this device alone, and for the account that it was enrolled by. */
export async function renewalCommand(
  CommandUUID: string,
  device: string,
  services: Pick<Services, 'store' | 'trust'> & Uses,
): Promise<Uint8Array> {
  const { store, now } = services
  const { secret, account } = await store.transaction(async (tx) => {
    const account = (await tx.channel(device))?.enrollment.account
    const by = account === undefined ? {} : { account }
    return { ...(await newChallenge(tx, { meant: device, now: now(), ...by })), account }
  })
  const Payload = await signedProfile(secret, device, services, account)
  return encodeCommand({
    CommandUUID,
    Command: { RequestType: 'InstallProfile', ...(Payload === null ? {} : { Payload }) },
  })
}
