import { NOWHERE, namesOf, tokenUpdate, userChannel } from '@edict/core'
import type { EnrollmentIdentity, TokenUpdate } from '@edict/protocol'
import type { Channel } from '@edict/store'
import { DeviceError } from '../device/device-error.ts'
import { escrowSecret } from '../escrow/escrow-secret.ts'
import type { SecretName } from '../escrow/secret-name.ts'
import type { Services } from '../services.ts'
import { type Moving, placeChannels } from './place-channels.ts'
import { holdUntilConfigured } from './release.ts'

const UNLOCK_TOKEN: SecretName = 'unlock-token'

/** Completes an enrollment, or renews how it is pushed to. A channel that is behind is woken. */
export async function updateToken(
  who: EnrollmentIdentity,
  message: TokenUpdate,
  services: Pick<Services, 'store' | 'now' | 'newId' | 'settings' | 'escrow' | 'manifests'>,
): Promise<void> {
  const { store, now, settings } = services
  await store.transaction(async (tx) => {
    await tx.lockRevision('share')
    const channels = await tx.lock(who.id === who.device ? [who.id] : [who.device, who.id])
    const device = channels.find(({ enrollment }) => enrollment.id === who.device)
    if (device === undefined || device.enrollment.state === 'left') throw unknown(who)
    const before = channels.find(({ enrollment }) => enrollment.id === who.id)
    const at = now()
    const moving =
      who.channel === 'user' ? userMoves(who, device, before) : [{ before: device, after: device.enrollment }]
    const updated = moving.map((move) =>
      move.after.id === who.id ? { ...move, after: tokenUpdate(move.after, message, at) } : move,
    )
    const { enrollments } = await placeChannels(tx, updated, at)
    if (message.UnlockToken !== undefined) {
      const { period } = device.enrollment
      const secret = message.UnlockToken
      await escrowSecret(tx, { enrollment: who.id, name: UNLOCK_TOKEN, period, secret, at }, services)
    }
    await tx.wakeChannels([who.id], at + settings.wakeWindow)
    const enrolled = enrollments.find(({ id }) => id === who.id)
    if (enrolled !== undefined) await holdUntilConfigured(tx, before?.enrollment, enrolled, services)
    if (before?.enrollment.state !== 'enrolled' && enrolled !== undefined) {
      const data = { enrollment: who.id, device: who.device, channel: who.channel }
      await tx.addEvents([{ at, type: 'enrollment.enrolled', data }])
    }
  })
}

/** A user of an iPad with the constant user id tells that the iPad is a Shared iPad. */
function userMoves(who: EnrollmentIdentity, device: Channel, before: Channel | undefined): Moving[] {
  const known = before?.enrollment ?? { ...userChannel(who, device.enrollment), ...NOWHERE }
  const user = { ...known, ...namesOf(who) }
  const moves: Moving[] = [{ before, after: user }]
  if (who.shape !== 'shared-ipad-user' || device.enrollment.facts.sharedIPad === true) return moves
  const shared = { ...device.enrollment, facts: { ...device.enrollment.facts, sharedIPad: true } }
  return [{ before: device, after: shared }, ...moves]
}

function unknown(who: EnrollmentIdentity): DeviceError {
  return new DeviceError(
    'identity-unknown',
    `Cannot update the token of ${who.id}: no Authenticate of its device is known`,
    {
      found: who.device,
      expected: 'an enrolled device',
    },
  )
}
