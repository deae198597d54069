import {
  type ContentReference,
  contentPath,
  contentsIn,
  contentsInPlist,
  declarationsToken,
  isManifestName,
  type KeyedReference,
  keyedIn,
  keyedInPlist,
  mayStillFetch,
  type QueuedCommand,
  servedFrom,
} from '@edict/core'
import type { Channel, Reads } from '@edict/store'
import { LRUCache } from 'lru-cache'
import type { Manifests } from '../manifests.ts'
import type { ContentFiles } from './content-files.ts'
import { hostedManifest } from './hosted-manifest.ts'

/** Which hosted octets a device is to have. */
export interface ReferredContent {
  /**
   * Whether a manifest refers to them that one of the device's channels should have, or was shown of late: it may still hold that one;
   * or a command that it has not done with; or the manifest of a package that one of these refers to.
   */
  isReferred(device: string, content: ContentReference, reads: Reads): Promise<boolean>
  /**
   * Whether a channel has a URL of these octets with a key of this secret: by a manifest that it should have, or was shown of late; by a
   * command that it has not done with; or by the manifest of a package that it has such a URL of.
   */
  hasKeyed(channel: string, content: KeyedReference, reads: Reads): Promise<boolean>
}

interface Uses {
  readonly manifests: Manifests
  readonly contentFiles: Pick<ContentFiles, 'open'>
  readonly now: () => number
}

type References = ReadonlyMap<string, ContentReference>

interface InManifest {
  readonly references: References
  readonly keyed: readonly KeyedReference[]
}

const MOST = 5000

export function referredContent({ manifests, contentFiles, now }: Uses): ReferredContent {
  // A manifest is a value: what it refers to follows from its token. So does what a manifest of a package says from its hash.
  const byManifest = new LRUCache<string, InManifest>({ max: MOST })
  const byPackage = new LRUCache<string, References>({ max: MOST })

  const inManifest = async (token: string, reads: Reads): Promise<InManifest> => {
    const cached = byManifest.get(token)
    if (cached !== undefined) return cached
    const { generation } = await manifests.served(token, reads)
    const able = generation.items.filter(({ kind }) => kind === 'asset' || kind === 'configuration')
    const bodies = [...(await reads.bodies(able.map(({ serverToken }) => serverToken))), ...generation.ownBodies]
    const found = {
      references: byPath(bodies.flatMap(({ payload }) => contentsIn(payload))),
      keyed: generation.ownBodies.flatMap(({ payload }) => keyedIn(payload)),
    }
    byManifest.set(token, found)
    return found
  }

  const inPackage = async ({ sha256 }: ContentReference, reads: Reads): Promise<References> => {
    const cached = byPackage.get(sha256)
    if (cached !== undefined) return cached
    const [known] = await reads.contents({ sha256 })
    const manifest = known === undefined ? null : await hostedManifest(known, contentFiles)
    const found = byPath(manifest === null ? [] : contentsInPlist(manifest))
    if (manifest !== null) byPackage.set(sha256, found)
    return found
  }

  /** Whether octets are among these, or what the manifest of a package among these leads to. */
  const leadTo = async (path: string, references: References, reads: Reads): Promise<boolean> => {
    if (references.has(path)) return true
    for (const reference of references.values())
      if (isManifestName(reference.name) && (await inPackage(reference, reads)).has(path)) return true
    return false
  }

  const fetching = async (channel: string, reads: Reads): Promise<readonly QueuedCommand[]> =>
    (await reads.commands(channel, 'all')).filter((command) => mayStillFetch(command, now()))

  // Commands are looked at last: there may be many, and they are read each time.
  async function* referring(device: string, reads: Reads): AsyncIterable<References> {
    const channels = await reads.channelsOf(device)
    for (const token of new Set(channels.flatMap(heldBy))) yield (await inManifest(token, reads)).references
    for (const { enrollment } of channels) {
      const commands = await fetching(enrollment.id, reads)
      yield byPath(commands.flatMap(({ command }) => contentsInPlist(command)))
    }
  }

  async function* keyed(channel: string, secret: number, reads: Reads): AsyncIterable<References> {
    const isMade = (reference: KeyedReference) => reference.secret === secret
    const found = await reads.channel(channel)
    const held = new Set(found === undefined ? [] : heldBy(found))
    for (const token of held) yield byPath((await inManifest(token, reads)).keyed.filter(isMade))
    const commands = await fetching(channel, reads)
    yield byPath(commands.flatMap(({ command }) => keyedInPlist(command)).filter(isMade))
  }

  return {
    async isReferred(device, content, reads) {
      for await (const references of referring(device, reads))
        if (await leadTo(contentPath(content), references, reads)) return true
      return false
    },

    async hasKeyed(channel, content, reads) {
      for await (const references of keyed(channel, content.secret, reads))
        if (await leadTo(contentPath(content), references, reads)) return true
      return false
    },
  }
}

function byPath(references: readonly ContentReference[]): References {
  return new Map(references.map((reference) => [contentPath(reference), reference]))
}

function heldBy({ enrollment, common }: Channel): readonly string[] {
  return enrollment.state === 'left' ? [] : [declarationsToken(common, enrollment), ...servedFrom(enrollment.sync)]
}
