import { createSignedData } from '@edict/pki'
import { encodePlist } from '@edict/protocol'
import type { Services } from '../services.ts'
import { enrollmentProfile } from './enrollment-profile.ts'

type Uses = Pick<Services, 'trust' | 'reach' | 'now' | 'newId'>

/** An enrollment profile with a challenge, signed by the authority that it names. Null where devices could not find this server. */
export async function signedProfile(challenge: string, { trust, reach, now, newId }: Uses): Promise<Uint8Array | null> {
  const url = reach.url()
  if (url === null) return null
  const signer = await trust.authority()
  const { topic } = reach
  const profile = enrollmentProfile({ url, topic, challenge, authority: signer.certificate, newId })
  return createSignedData(encodePlist(profile), { signer, signingTime: now() })
}
