import type { PlistDict } from '@edict/protocol'
import { storeBundleId } from './app-demand.ts'
import type { GetOctets } from './package-download.ts'
import { type PackageManifest, readManifest } from './package-manifest.ts'

/** An app that a command asks for: by name, or by a manifest, which says more. */
export interface RequestedApp {
  readonly bundleId: string
  readonly manifest: PackageManifest | null
}

/** Which app an InstallApplication means, or null. `get` gets an enterprise manifest. */
export async function requestedApp(command: PlistDict, get: GetOctets): Promise<RequestedApp | null> {
  const { Identifier, iTunesStoreID, ManifestURL } = command
  if (typeof Identifier === 'string') return { bundleId: Identifier, manifest: null }
  if (typeof iTunesStoreID === 'number') return { bundleId: storeBundleId(String(iTunesStoreID)), manifest: null }
  if (typeof ManifestURL !== 'string') return null
  const read = readManifest(await get(ManifestURL))
  return read.kind === 'problem' ? null : { bundleId: read.manifest.facts.bundleId, manifest: read.manifest }
}
