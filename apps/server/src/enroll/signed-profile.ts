import type { EnrolledAccount } from '@edict/core'
import { createSignedData } from '@edict/pki'
import { encodePlist } from '@edict/protocol'
import type { Services } from '../services.ts'
import { enrollmentProfile } from './enrollment-profile.ts'
import { termsFor } from './terms.ts'

type Uses = Pick<Services, 'store' | 'trust' | 'reach' | 'now' | 'newId'>

/**
 * An enrollment profile with a challenge, signed by the authority that it names. Null where devices could not find this server. What
 * the first one is made with is kept.
 *
 * @param device the one that it is made for, by its id; null for any new one
 * @param account who signed in for it; absent where it is not by an account that a device enrolls
 */
export async function signedProfile(
  challenge: string,
  device: string | null,
  { store, trust, reach, now, newId }: Uses,
  account?: EnrolledAccount,
): Promise<Uint8Array | null> {
  const url = reach.url()
  if (url === null) return null
  const { topic } = reach
  if ((await store.read.profileReach()) === undefined)
    await store.transaction((tx) => tx.keepProfileReach({ url, topic, at: now() }))
  const signer = await trust.authority()
  const terms = await termsFor(device, url, store.read)
  const by = account === undefined ? {} : { account }
  const profile = enrollmentProfile({ url, terms, topic, challenge, authority: signer.certificate, newId, ...by })
  return createSignedData(encodePlist(profile), { signer, signingTime: now() })
}
