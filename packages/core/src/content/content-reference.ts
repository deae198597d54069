import { isPlistDict, type PlistValue } from '@edict/protocol'

/** Octets that this server hosts, as a URL names them: under a name, and by what they are. */
export interface ContentReference {
  /** SHA-256, in lower-case hexadecimal. */
  readonly sha256: string
  readonly name: string
}

/** Where hosted octets are, below the server's URL. Other octets under the same name are elsewhere. */
export function contentPath({ sha256, name }: ContentReference): string {
  return `/content/${sha256}/${name}`
}

/** Whether hosted octets may have a name: it stands in a URL as it is. */
export function isContentName(name: string): boolean {
  return NAME.test(name)
}

/** Hosted octets that the text of a payload refers to, by whichever URL of this server, each once. */
export function contentsIn(payload: string): readonly ContentReference[] {
  const found = new Map<string, ContentReference>()
  for (const [path, sha256 = '', name = ''] of payload.matchAll(REFERENCE)) found.set(path, { sha256, name })
  return [...found.values()]
}

/** The same of a property list, such as a command or the manifest of a package. */
export function contentsInPlist(value: PlistValue): readonly ContentReference[] {
  return contentsIn(
    textsIn(value)
      .map((text) => JSON.stringify(text))
      .join(),
  )
}

function textsIn(value: PlistValue): readonly string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(textsIn)
  return isPlistDict(value) ? Object.values(value).flatMap(textsIn) : []
}

const NAME = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,128}$/
const REFERENCE = /\/content\/([0-9a-f]{64})\/([A-Za-z0-9._-]{1,128})(?=["?#])/g
