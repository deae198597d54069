import { platformOfProduct } from '@edict/catalogue'
import { type EnrollmentError, type MachineInfo, ProtocolError } from '@edict/protocol'
import { signedProfile } from '../enroll/signed-profile.ts'
import { beginPairing, endPairing } from '../get-token/pairing.ts'
import type { Services } from '../services.ts'
import { newChallenge } from '../trust/new-challenge.ts'

type Uses = Pick<Services, 'store' | 'trust' | 'reach' | 'now' | 'newId'>

/** Why there is no profile: for the log and the measurements. */
export type WatchRefusal = 'no-watch' | 'pairing-token-missing'

export type GivenToWatch =
  | { readonly kind: 'profile'; readonly profile: Uint8Array }
  | { readonly kind: 'refused'; readonly why: WatchRefusal; readonly error: EnrollmentError }

/**
 * Gives a Watch a profile, whose challenge is for it alone, for the token that its iPhone got for it. Without one, or with one that is
 * used, over or another Watch's, it is told a security token to begin with. Null where devices could not find this server.
 *
 * @throws ProtocolError `key-missing` when it does not say who it is
 * @see apple:other/machineinfo.yaml PAIRING_TOKEN, apple:declarative/declarations/configurations/watch.enrollment.yaml
 */
export async function giveWatchProfile(info: MachineInfo, services: Uses): Promise<GivenToWatch | null> {
  const { store, reach, now } = services
  if (reach.url() === null) return null
  const { UDID: watch, PAIRING_TOKEN: token } = info
  if (watch === undefined)
    throw new ProtocolError('key-missing', 'Cannot give a profile: MachineInfo has no UDID', { at: 'UDID' })
  if (platformOfProduct(info.PRODUCT) !== 'watchOS') return NO_WATCH
  const secret = await store.transaction(async (tx) => {
    if (token === undefined || !(await endPairing(tx, watch, token, services))) return null
    return (await newChallenge(tx, { meant: watch, now: now() })).secret
  })
  if (secret === null) return refused(await beginPairing(watch, services))
  const profile = await signedProfile(secret, watch, services)
  return profile && { kind: 'profile', profile }
}

const NO_WATCH: GivenToWatch = {
  kind: 'refused',
  why: 'no-watch',
  error: { code: 'com.apple.unrecognized.device', description: 'Only a Watch enrolls here' },
}

function refused(securityToken: string): GivenToWatch {
  const details = { 'security-token': securityToken }
  return {
    kind: 'refused',
    why: 'pairing-token-missing',
    error: { code: 'com.apple.watch.pairing.token.missing', details },
  }
}
