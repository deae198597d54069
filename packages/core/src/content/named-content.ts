import { isJsonObject, type Json, type JsonObject } from '@edict/protocol'
import { type Problem, refusal } from '../problem.ts'
import { contentPath } from './content-reference.ts'
import { type HostedContent, referenceTo } from './hosted-content.ts'

/** What an administrator writes in place of a URL or a Reference, for the hosted content of that name. */
const KEY = '$content'

/** Finds hosted content by its name. */
export type FindContent = (name: string) => HostedContent | undefined

/** The names of hosted content that a payload has in place of URLs and References, each once. */
export function contentNames(payload: JsonObject): readonly string[] {
  const names = new Set<string>()
  replaced(payload, '', '', (name) => {
    names.add(name)
    return null
  })
  return [...names]
}

/**
 * A payload with URLs and References in place of names: `{"$content": "wifi"}` is a Reference under the key `Reference`, with the
 * media type, size and hash, and a URL under every other one.
 *
 * @param base public URL of the server, without a slash at its end
 * @returns a problem for each name that no content has
 */
export function withContent(
  payload: JsonObject,
  base: string,
  find: FindContent,
): { readonly payload: JsonObject; readonly problems: readonly Problem[] } {
  const problems: Problem[] = []
  const made = replaced(payload, '', '/Payload', (name, key, at) => {
    const content = find(name)
    if (content === undefined) {
      problems.push(unknown(name, at))
      return null
    }
    const url = base + contentPath(content)
    return key === 'Reference' ? referenceTo(content, url) : url
  })
  return { payload: made as JsonObject, problems }
}

/** A payload as {@link withContent} makes it, as far as that can be said without a server: URLs lead to a host that there is not. */
export function withoutServer(payload: JsonObject): JsonObject {
  const made = replaced(payload, '', '', (name, key) => {
    const url = `https://content.example/${encodeURIComponent(name)}`
    return key === 'Reference' ? { DataURL: url } : url
  })
  return made as JsonObject
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
