import { decodePlist, isPlistDict, type PlistDict, PlistError, type PlistValue } from '@edict/protocol'
import type { Answer } from '../transport.ts'
import { storeBundleId } from './app-demand.ts'

/** Which app an InstallApplication means, or null. `fetch` gets an enterprise manifest. */
export async function requestedBundleId(
  command: PlistDict,
  fetch: (url: string) => Promise<Answer | null>,
): Promise<string | null> {
  const { Identifier, iTunesStoreID, ManifestURL } = command
  if (typeof Identifier === 'string') return Identifier
  if (typeof iTunesStoreID === 'number') return storeBundleId(String(iTunesStoreID))
  if (typeof ManifestURL !== 'string') return null
  const answer = await fetch(ManifestURL)
  return answer?.status === 200 ? bundleIdOf(answer.body) : null
}

/** In a manifest: `items[0].metadata.bundle-identifier`. */
function bundleIdOf(body: Uint8Array): string | null {
  try {
    const items = at(decodePlist(body), 'items')
    const found = at(at(Array.isArray(items) ? items[0] : undefined, 'metadata'), 'bundle-identifier')
    return typeof found === 'string' ? found : null
  } catch (error) {
    if (error instanceof PlistError) return null
    throw error
  }
}

function at(value: PlistValue | undefined, key: string): PlistValue | undefined {
  return isPlistDict(value) && Object.hasOwn(value, key) ? value[key] : undefined
}
