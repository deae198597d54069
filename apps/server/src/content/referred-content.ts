import { type ContentReference, contentPath, contentsIn, declarationsToken, servedFrom } from '@edict/core'
import type { Channel, Reads } from '@edict/store'
import { LRUCache } from 'lru-cache'
import type { Manifests } from '../manifests.ts'

/** Which hosted octets a device is to have. */
export interface ReferredContent {
  /**
   * Whether a manifest refers to them that one of the device's channels should have, or was shown of late: it may still hold that one.
   */
  isReferred(device: string, content: ContentReference, reads: Reads): Promise<boolean>
}

const MOST = 5000

export function referredContent(manifests: Manifests): ReferredContent {
  // A manifest is a value: what it refers to follows from its token.
  const byManifest = new LRUCache<string, ReadonlySet<string>>({ max: MOST })
  const inManifest = async (token: string, reads: Reads): Promise<ReadonlySet<string>> => {
    const cached = byManifest.get(token)
    if (cached !== undefined) return cached
    const { generation } = await manifests.served(token, reads)
    const able = generation.items.filter(({ kind }) => kind === 'asset' || kind === 'configuration')
    const bodies = [...(await reads.bodies(able.map(({ serverToken }) => serverToken))), ...generation.ownBodies]
    const paths = new Set(bodies.flatMap(({ payload }) => contentsIn(payload)).map(contentPath))
    byManifest.set(token, paths)
    return paths
  }
  return {
    async isReferred(device, content, reads) {
      const tokens = new Set((await reads.channelsOf(device)).flatMap(heldBy))
      for (const token of tokens) if ((await inManifest(token, reads)).has(contentPath(content))) return true
      return false
    },
  }
}

function heldBy({ enrollment: { state, sync, own }, common }: Channel): readonly string[] {
  return state === 'left' ? [] : [declarationsToken(common, own), ...servedFrom(sync)]
}
