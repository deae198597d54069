import { createHash, randomBytes } from 'node:crypto'
import { declarationsToken } from '@edict/core'
import type { TokenParameters } from '@edict/protocol'
import type { Channel, Transaction } from '@edict/store'
import { DeviceError } from '../device/device-error.ts'
import type { Services } from '../services.ts'

export const PAIRING = 'com.apple.watch.pairing'

const CONFIGURATION = 'com.apple.configuration.watch.enrollment'

/** From the first question of a Watch to its profile, in milliseconds. A person waits in front of it. */
const PATIENCE = 10 * 60_000

/**
 * Begins the pairing of a Watch: the security token that its iPhone is to show for it, within minutes.
 *
 * @param watch UDID
 */
export async function beginPairing(
  watch: string,
  { store, now, newId }: Pick<Services, 'store' | 'now' | 'newId'>,
): Promise<string> {
  const token = newId()
  const madeAt = now()
  await store.transaction(async (tx) => {
    await tx.forgetPairings(madeAt)
    await tx.addPairing({ securityHash: hashOf(token), watch, madeAt, expiresAt: madeAt + PATIENCE })
  })
  return token
}

/**
 * Gives an iPhone the token by which its Watch enrolls, once for each security token. The iPhone has to be the one that speaks, to be
 * enrolled, and to hold the declaration that lets Watches enroll; one that it is about to lose does not count.
 *
 * @throws DeviceError `pairing-refused`
 * @see apple:mdm/checkin/gettoken.yaml "Support Apple Watch pairing"
 */
export async function pairingToken(
  channel: Channel,
  { SecurityToken, PhoneUDID, WatchUDID }: TokenParameters,
  { store, manifests, now }: Pick<Services, 'store' | 'manifests' | 'now'>,
): Promise<Uint8Array> {
  const { enrollment } = channel
  if (SecurityToken === undefined || PhoneUDID === undefined || WatchUDID === undefined)
    throw refused('TokenParameters', 'SecurityToken, PhoneUDID and WatchUDID')
  if (enrollment.channel !== 'device' || PhoneUDID !== enrollment.id || enrollment.state !== 'enrolled')
    throw refused('PhoneUDID', 'the device that asks, enrolled')
  if (!(await managesWatches(channel, { store, manifests })))
    throw refused('PhoneUDID', `a device with ${CONFIGURATION}`)
  const token = randomBytes(32)
  const how = { watch: WatchUDID, phone: enrollment.id, pairingHash: hashOf(token), now: now() }
  if (await store.transaction((tx) => tx.answerPairing(hashOf(SecurityToken), how))) return token
  throw refused('SecurityToken', 'one that this Watch was told some minutes ago, and nobody used')
}

async function managesWatches(
  { enrollment, common }: Channel,
  { store, manifests }: Pick<Services, 'store' | 'manifests'>,
): Promise<boolean> {
  const wanted = declarationsToken(common, enrollment)
  for (const token of new Set([enrollment.sync.collected?.token, wanted])) {
    if (token === undefined) return false
    const { items } = (await manifests.served(token, store.read)).generation
    if (!items.some(({ type }) => type === CONFIGURATION)) return false
  }
  return true
}

/** Uses the pairing of a Watch: whether it was one, of an iPhone that is still here. */
export async function endPairing(
  tx: Transaction,
  watch: string,
  token: Uint8Array,
  { now }: Pick<Services, 'now'>,
): Promise<boolean> {
  const pairingHash = hashOf(token)
  if (!(await tx.takePairing(pairingHash, { watch, now: now() }))) return false
  const phone = (await tx.pairing(pairingHash))?.phone ?? null
  return phone !== null && (await tx.channel(phone))?.enrollment.state === 'enrolled'
}

/** One code for whatever does not fit: nobody is to find out by trying. */
function refused(at: string, expected: string): DeviceError {
  return new DeviceError('pairing-refused', 'Cannot give a token to pair a Watch: the request does not fit', {
    at,
    expected,
  })
}

/** Only this is kept of a token. */
function hashOf(token: string | Uint8Array): string {
  return createHash('sha256').update(token).digest('hex')
}
