import { plistSecrets, withKeysFor, withPlistKeys } from '@edict/core'
import { encodePlist } from '@edict/protocol'
import type { Content, Reads } from '@edict/store'
import type { Services } from '../services.ts'
import type { ReadKey } from './content-keys.ts'
import { hostedManifest } from './hosted-manifest.ts'

/**
 * A hosted manifest for whoever has it by a key: what it leads to here has such keys, too, for another program may do the download. Null
 * where that changes nothing, and it is sent as it is.
 *
 * @throws KeyUnavailable
 */
export async function keyedManifest(
  content: Content,
  { enrollment, secret }: ReadKey,
  reads: Pick<Reads, 'secret'>,
  { reach, contentFiles, contentKeys }: Pick<Services, 'reach' | 'contentFiles' | 'contentKeys'>,
): Promise<Uint8Array | null> {
  const base = reach.url()
  const manifest = base === null ? null : await hostedManifest(content, contentFiles)
  if (base === null || manifest === null) return null
  const asked = withPlistKeys(manifest, base, secret)
  const secrets = plistSecrets(asked)
  return secrets.length === 0
    ? null
    : encodePlist(withKeysFor(asked, enrollment, await contentKeys.madeWith(secrets, reads)))
}
