import { encodeCommandJson } from '@edict/api'
import { contentNames, type HostedContent, isManifestName, withContent } from '@edict/core'
import { isPlistDict, type JsonObject } from '@edict/protocol'
import type { Content, Reads } from '@edict/store'
import { AdminError } from '../admin/problem.ts'
import { hostedManifest } from '../content/hosted-manifest.ts'
import type { Services } from '../services.ts'
import { Refused } from './refused.ts'

type Uses = Pick<Services, 'reach' | 'contentFiles'>

/**
 * What an administrator wrote, with URLs, References and Manifests in place of the names of hosted content.
 *
 * @param place JSON pointer of `written` in what was sent
 * @throws Refused where no content has a name; AdminError `public-url-missing`
 */
export async function withNamedContent(
  written: JsonObject,
  place: string,
  reads: Pick<Reads, 'contents'>,
  services: Uses,
): Promise<JsonObject> {
  const named = contentNames(written)
  if (named.length === 0) return written
  const base = publicUrl(services)
  const contents = new Map<string, HostedContent>()
  for (const name of named) {
    const [standing] = await reads.contents({ name })
    if (standing !== undefined) contents.set(name, await hosted(standing, services))
    else if (isManifestName(name)) await addPackage(name.replace(/\.plist$/, ''), contents, reads)
  }
  const made = withContent(written, base, (name) => contents.get(name), place)
  if (made.problems.length > 0) throw new Refused(made.problems)
  return made.payload
}

/** The URL that content is below. @throws AdminError `public-url-missing` */
export function publicUrl({ reach }: Pick<Services, 'reach'>): string {
  const base = reach.url()
  if (base !== null) return base
  throw new AdminError('public-url-missing', 'Cannot refer to content: where devices find this server is not known', {
    expected: 'a public address',
    remedy: 'start the server with --url https://… as devices are to reach it',
  })
}

async function hosted(content: Content, { contentFiles }: Uses): Promise<HostedContent> {
  if (!isManifestName(content.name)) return content
  const manifest = await hostedManifest(content, contentFiles)
  return manifest !== null && isPlistDict(manifest) ? { ...content, manifest: encodeCommandJson(manifest) } : content
}

/** Of what has no manifest is said that it has none, and not that it is not there. */
async function addPackage(name: string, contents: Map<string, HostedContent>, reads: Pick<Reads, 'contents'>) {
  const [standing] = await reads.contents({ name })
  if (standing !== undefined) contents.set(name, standing)
}
