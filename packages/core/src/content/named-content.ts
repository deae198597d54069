import { isJsonObject, type Json, type JsonObject } from '@edict/protocol'
import { type Problem, refusal } from '../problem.ts'
import { contentPath } from './content-reference.ts'
import { type HostedContent, referenceTo } from './hosted-content.ts'
import { manifestName } from './package-manifest.ts'

/** What an administrator writes in place of a URL, a Reference or a Manifest, for the hosted content of that name. */
const KEY = '$content'

/** Under these keys a package is meant by its manifest. @see apple:other/manifesturl.yaml */
const byManifest: ReadonlySet<string> = new Set(['Manifest', 'ManifestURL'])

/** Finds hosted content by its name. */
export type FindContent = (name: string) => HostedContent | undefined

/** The names of hosted content that a payload has in place of URLs, References and Manifests, each once; of a package that of its manifest. */
export function contentNames(payload: JsonObject): readonly string[] {
  const names = new Set<string>()
  replaced(payload, '', '', (name, key) => {
    names.add(meant(name, key))
    return null
  })
  return [...names]
}

/**
 * A payload with URLs and References in place of names: `{"$content": "wifi"}` is a Reference under the key `Reference`, with the
 * media type, size and hash; under `ManifestURL` the URL of a package's manifest, and under `Manifest` what that says; and a URL under
 * every other one.
 *
 * @param base public URL of the server, without a slash at its end
 * @param place JSON pointer of the payload
 * @returns a problem for each name that no content has
 */
export function withContent(
  payload: JsonObject,
  base: string,
  find: FindContent,
  place = '/Payload',
): { readonly payload: JsonObject; readonly problems: readonly Problem[] } {
  const problems: Problem[] = []
  const made = replaced(payload, '', place, (name, key, at) => {
    const content = find(meant(name, key))
    if (content === undefined || (key === 'Manifest' && content.manifest === undefined)) {
      const isOther = byManifest.has(key) && find(name) !== undefined
      problems.push(isOther ? withoutManifest(name, at) : unknown(name, at))
      return null
    }
    if (key === 'Manifest') return content.manifest ?? null
    const url = base + contentPath(content)
    return key === 'Reference' ? referenceTo(content, url) : url
  })
  return { payload: made as JsonObject, problems }
}

/** A payload as {@link withContent} makes it, as far as that can be said without a server: URLs lead to a host that there is not. */
export function withoutServer(payload: JsonObject): JsonObject {
  const made = replaced(payload, '', '', (name, key) => {
    const url = `https://content.example/${encodeURIComponent(meant(name, key))}`
    return key === 'Reference' ? { DataURL: url } : url
  })
  return made as JsonObject
}

function meant(name: string, key: string): string {
  return byManifest.has(key) ? manifestName(name) : name
}

type Replace = (name: string, key: string, at: string) => Json

function replaced(value: Json, key: string, at: string, replace: Replace): Json {
  if (Array.isArray(value)) return value.map((one, index) => replaced(one, key, `${at}/${index}`, replace))
  if (!isJsonObject(value)) return value
  const { [KEY]: name, ...rest } = value
  if (typeof name === 'string' && Object.keys(rest).length === 0) return replace(name, key, at)
  const entries = Object.entries(value).map(([inner, one]) => {
    const place = `${at}/${inner.replaceAll('~', '~0').replaceAll('/', '~1')}`
    return [inner, replaced(one, inner, place, replace)]
  })
  return Object.fromEntries(entries) as JsonObject
}

function unknown(name: string, at: string): Problem {
  return refusal('content-unknown', `Cannot refer to content ${name}: there is none of that name`, {
    at,
    found: name,
    expected: 'the name of content that was handed in',
    remedy: 'hand it in first, with edict content add, or look at edict content list',
  })
}

function withoutManifest(name: string, at: string): Problem {
  return refusal('content-without-manifest', `Cannot refer to content ${name} by a manifest: it has none`, {
    at,
    found: name,
    expected: 'a package that was handed in with its bundle identifier and version, or a manifest',
    remedy: `hand it in again, with edict content add … --name ${name} --bundle-id … --bundle-version …`,
  })
}
