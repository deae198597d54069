import { type Diagnosis, declarationsToken, diagnose, type TraceEntry } from '@edict/core'
import type { Channel } from '@edict/store'
import type { Services } from '../services.ts'

/** Entries that a diagnosis looks at. */
export const LOOKED_AT = 500

type Uses = Pick<Services, 'store' | 'manifests' | 'now' | 'tracer'>

/** Says where a channel's synchronization stands and why, from what it and this server said. */
export async function diagnoseChannel(channel: Channel, services: Uses): Promise<Diagnosis> {
  const { enrollment, common } = channel
  const said = await services.store.read.trace(enrollment.id, null, LOOKED_AT)
  const wanted = declarationsToken(common, enrollment)
  return diagnose(await withPairs(said, services), { now: services.now(), wanted })
}

/** Puts into each manifest what it listed: the token names it. One that nobody refers to any more may be gone. */
export async function withPairs(
  said: readonly TraceEntry[],
  { manifests, store }: Pick<Services, 'manifests' | 'store'>,
): Promise<readonly TraceEntry[]> {
  return Promise.all(
    said.map(async (one) => {
      if (one.kind !== 'declaration-items' || one.token === undefined || one.answer.status !== 200) return one
      const served = await manifests.served(one.token, store.read).catch(() => null)
      if (served === null) return one
      const pairs = served.generation.items.map(({ kind, identifier, serverToken }) => ({
        kind,
        identifier,
        serverToken,
      }))
      return { ...one, pairs }
    }),
  )
}
