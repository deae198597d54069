import { isPlistDict, type PlistDict, type PlistValue } from '@edict/protocol'

/** What a manifest says of a package, beside where it is and what its octets are. */
export interface PackageFacts {
  readonly bundleIdentifier: string
  readonly bundleVersion: string
  readonly title: string
}

/** The octets of a package, as its manifest says them. */
export interface PackageOctets {
  readonly url: string
  /** Octets in all. */
  readonly size: number
  /** SHA-256 of each {@link PACKAGE_CHUNK} octets in turn, in lower-case hexadecimal. */
  readonly hashes: readonly string[]
}

/** Octets that one hash of a manifest is over; the last has fewer. */
export const PACKAGE_CHUNK = 10 * 1024 * 1024

/** Octets that a manifest has at most: the hashes of more than 60 GiB. */
export const MOST_OF_MANIFEST = 1024 * 1024

/** The name under which the manifest of a package is content itself; a manifest is its own. */
export function manifestName(name: string): string {
  return isManifestName(name) ? name : `${name}.plist`
}

export function isManifestName(name: string): boolean {
  return name.endsWith('.plist')
}

/** Whether what is handed in under a name is what a manifest leads to: an app or a package. */
export function isPackageName(name: string): boolean {
  return /\.(?:ipa|pkg)$/i.test(name)
}

/**
 * The manifest by which devices get a package. It has one item with one asset, and a version: a declared package needs both.
 *
 * @see apple:other/manifesturl.yaml
 */
export function packageManifest(facts: PackageFacts, { url, size, hashes }: PackageOctets): PlistDict {
  const chunk = Math.max(1, Math.min(size, PACKAGE_CHUNK))
  const asset = { kind: 'software-package', url, 'sha256-size': chunk, sha256s: hashes }
  const metadata = {
    kind: 'software',
    'bundle-identifier': facts.bundleIdentifier,
    'bundle-version': facts.bundleVersion,
    title: facts.title,
  }
  return { items: [{ assets: [asset], metadata }] }
}

/** What a manifest says of its first package, as far as it does. */
export function packageFactsIn(manifest: PlistValue): Partial<PackageFacts> {
  const items = isPlistDict(manifest) ? manifest.items : undefined
  const item = Array.isArray(items) ? (items[0] as PlistValue | undefined) : undefined
  const metadata = isPlistDict(item) ? item.metadata : undefined
  if (!isPlistDict(metadata)) return {}
  const { 'bundle-identifier': bundleIdentifier, 'bundle-version': bundleVersion, title } = metadata
  return {
    ...(typeof bundleIdentifier === 'string' ? { bundleIdentifier } : {}),
    ...(typeof bundleVersion === 'string' ? { bundleVersion } : {}),
    ...(typeof title === 'string' ? { title } : {}),
  }
}
