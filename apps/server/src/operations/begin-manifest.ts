import {
  contentPath,
  isContentName,
  isManifestName,
  isPackageName,
  manifestName,
  type PackageFacts,
  type Problem,
  packageFactsIn,
  packageManifest,
  refusal,
  warning,
} from '@edict/core'
import { encodePlist } from '@edict/protocol'
import type { Content } from '@edict/store'
import { hostedManifest } from '../content/hosted-manifest.ts'
import type { Services } from '../services.ts'
import { Refused } from './refused.ts'
import { publicUrl } from './with-named-content.ts'

type Uses = Pick<Services, 'store' | 'contentFiles' | 'reach'>
type Handed = Pick<Content, 'name' | 'sha256' | 'size' | 'type'>

/** The manifest of a package that is being handed in. */
export interface BegunManifest {
  readonly facts: PackageFacts
  /** Keeps the manifest, which is content itself, when the octets of the package are known. @throws ContentTooLarge */
  keep(content: Handed, hashes: readonly string[]): Promise<Handed>
  /** What is worth knowing about it. @param isAnother whether other octets had the name of the package */
  problems(isAnother: boolean): readonly Problem[]
}

/**
 * Begins the manifest of what is handed in under a name: null where that is no package. It is one where something is said of its
 * manifest, where it has one already, or where it is called so.
 *
 * @param given what the manifest is to say; what is missing the standing manifest says, and the name is a title
 * @throws Refused `package-incomplete`, `name-malformed`, before any octet is read; AdminError `public-url-missing`
 */
export async function beginManifest(
  name: string,
  given: Partial<PackageFacts>,
  services: Uses,
): Promise<BegunManifest | null> {
  if (isManifestName(name)) return null
  const { store, contentFiles } = services
  const isNameable = isContentName(manifestName(name))
  const [standing] = isNameable ? await store.read.contents({ name: manifestName(name) }) : []
  if (Object.keys(given).length === 0 && standing === undefined && !isPackageName(name)) return null
  if (!isNameable) throw tooLong(name)
  const manifest = standing === undefined ? null : await hostedManifest(standing, contentFiles)
  const before = manifest === null ? {} : packageFactsIn(manifest)
  const base = publicUrl(services)
  const facts = complete({ title: titleOf(name), ...before, ...given })
  return {
    facts,
    async keep(content, hashes) {
      const url = base + contentPath(content)
      const octets = encodePlist(packageManifest(facts, { url, size: content.size, hashes }))
      return { name: manifestName(name), type: 'application/xml', ...(await contentFiles.receive(once(octets))) }
    },
    problems: (isAnother) => (isAnother && facts.bundleVersion === before.bundleVersion ? [unchanged(facts)] : []),
  }
}

/** `Tool-1.2.pkg` gives `Tool-1.2`. A title has two characters at least. */
function titleOf(name: string): string {
  const bare = name.replace(/\.[^.]*$/, '')
  return bare.length > 1 ? bare : name
}

const wanted = [
  ['bundleIdentifier', 'the identifier of the app or package, such as com.example.tool', '--bundle-id'],
  ['bundleVersion', 'the version of the app or package, such as 1.2.3', '--bundle-version'],
] as const

function complete(facts: Partial<PackageFacts> & Pick<PackageFacts, 'title'>): PackageFacts {
  const { bundleIdentifier, bundleVersion, title } = facts
  if (bundleIdentifier !== undefined && bundleVersion !== undefined) return { bundleIdentifier, bundleVersion, title }
  const missing = wanted.filter(([key]) => facts[key] === undefined)
  throw new Refused(
    missing.map(([key, expected, option]) => {
      const evidence = {
        at: `/query/${key}`,
        expected,
        remedy: `say it, with ${option}: it is not read from the package`,
      }
      return refusal('package-incomplete', `Cannot make the manifest of this package: ${key} is missing`, evidence)
    }),
  )
}

function tooLong(name: string): Refused {
  const evidence = {
    at: '/params/name',
    found: name,
    expected: 'six characters less',
    remedy: 'call it otherwise, with --name',
  }
  return new Refused([
    refusal('name-malformed', 'Cannot make the manifest of this package: the name is too long', evidence),
  ])
}

/** @see Apple, "Installing packages": the device tells by the version that there is another one. */
function unchanged({ bundleVersion }: PackageFacts): Problem {
  const message = `Devices that have version ${bundleVersion} of this package keep it: it has the same version as the one before`
  return warning('package-version-unchanged', message, {
    at: '/query/bundleVersion',
    found: bundleVersion,
    expected: 'another version than before',
    remedy: 'hand it in again with its own version, with --bundle-version',
  })
}

async function* once(octets: Uint8Array): AsyncIterable<Uint8Array> {
  yield octets
}
