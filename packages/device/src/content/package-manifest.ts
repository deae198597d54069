import { decodePlist, isPlistDict, type PlistDict, PlistError, type PlistValue } from '@edict/protocol'
import type { Answer } from '../transport.ts'

/** What a device keeps of the manifest of an app or a package. */
export interface PackageFacts {
  readonly bundleId: string
  /** Empty where the manifest has none. */
  readonly version: string
  readonly title: string
}

/** What the octets of a package have to be. */
export interface PackageHashes {
  readonly algorithm: 'sha256' | 'md5'
  /** Octets that one hash is over; null: one is over all. */
  readonly chunk: number | null
  /** In lower-case hexadecimal. */
  readonly hashes: readonly string[]
}

export interface PackageManifest {
  readonly facts: PackageFacts
  readonly url: string
  /** Null where the manifest has none: then nothing is looked at. */
  readonly hashes: PackageHashes | null
}

export type ReadManifest =
  | { readonly kind: 'manifest'; readonly manifest: PackageManifest }
  | { readonly kind: 'problem'; readonly problem: string; readonly mayRecover: boolean }

/** Reads a manifest that was downloaded. `answer` is null when there was none. */
export function readManifest(answer: Answer | null): ReadManifest {
  if (answer === null) return problem('The manifest cannot be downloaded', true)
  if (answer.status !== 200) return problem(`The manifest has HTTP status ${answer.status}`, answer.status >= 500)
  try {
    return manifestIn(decodePlist(answer.body))
  } catch (error) {
    if (error instanceof PlistError) return problem('The manifest is no property list', false)
    throw error
  }
}

/**
 * Reads a manifest that leads to one package, with the hashes that count: those of SHA-256 if there are any, and one over all before
 * those of chunks.
 *
 * @see apple:other/manifesturl.yaml, and Apple's page on ManifestURL.ItemsItem.AssetsItem
 */
export function manifestIn(value: PlistValue | undefined): ReadManifest {
  const item = onlyOne(at(value, 'items'))
  const asset = onlyOne(at(item, 'assets'), (one) => at(one, 'kind') === 'software-package')
  const url = at(asset, 'url')
  const metadata = at(item, 'metadata')
  const bundleId = at(metadata, 'bundle-identifier')
  if (!isPlistDict(asset) || typeof url !== 'string' || typeof bundleId !== 'string') {
    return problem('The manifest does not lead to one package', false)
  }
  const version = textAt(metadata, 'bundle-version') ?? ''
  const facts = { bundleId, version, title: textAt(metadata, 'title') ?? bundleId }
  return { kind: 'manifest', manifest: { facts, url, hashes: hashesIn(asset, 'sha256') ?? hashesIn(asset, 'md5') } }
}

function hashesIn(asset: PlistDict, algorithm: PackageHashes['algorithm']): PackageHashes | null {
  const whole = textAt(asset, algorithm)
  if (whole !== undefined) return { algorithm, chunk: null, hashes: [whole.toLowerCase()] }
  const [chunk, hashes] = [at(asset, `${algorithm}-size`), at(asset, `${algorithm}s`)]
  if (typeof chunk !== 'number' || chunk < 1 || !Array.isArray(hashes)) return null
  return { algorithm, chunk, hashes: hashes.map((hash) => String(hash).toLowerCase()) }
}

function onlyOne(list: PlistValue | undefined, isMeant: (one: PlistValue) => boolean = () => true) {
  const meant = Array.isArray(list) ? (list as readonly PlistValue[]).filter(isMeant) : []
  return meant.length === 1 ? meant[0] : undefined
}

function at(value: PlistValue | undefined, key: string): PlistValue | undefined {
  return isPlistDict(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

function textAt(value: PlistValue | undefined, key: string): string | undefined {
  const found = at(value, key)
  return typeof found === 'string' ? found : undefined
}

function problem(text: string, mayRecover: boolean): ReadManifest {
  return { kind: 'problem', problem: text, mayRecover }
}
