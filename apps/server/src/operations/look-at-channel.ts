import {
  causes,
  declarationsToken,
  diagnose,
  HEALTHY,
  nextLook,
  type Standing,
  type Verdict,
  verdictOf,
} from '@edict/core'
import type { Channel } from '@edict/store'
import type { Services } from '../services.ts'
import { LOOKED_AT, withPairs } from './diagnose-channel.ts'
import { DAILY, isWell } from './is-well.ts'

type Uses = Pick<Services, 'store' | 'manifests' | 'now'>

/** What a look at a channel found, and what it went by. */
export interface Look {
  readonly enrollment: string
  readonly verdict: Verdict
  /** When it was looked at. */
  readonly at: number
  /** The token of what the channel should have. */
  readonly wanted: string
  /** The last entry of its trace; 0 when there is none. */
  readonly entry: number
  /** When that was said. */
  readonly saidAt: number | null
  /** When the channel was heard of last, where its trace was not read because it is well. */
  readonly wellSince: number | null
}

/** Looks where a channel stands and why. Of one that is well its trace is not read. */
export async function lookAtChannel(channel: Channel, services: Uses): Promise<Look> {
  const { store, now } = services
  const { enrollment, common } = channel
  const { id, lastSeenAt } = enrollment
  const at = now()
  // Before everything else: what is said after it is seen to have been said since.
  const [last] = await store.read.trace(id, null, 1)
  const base = {
    enrollment: id,
    at,
    wanted: declarationsToken(common, enrollment),
    entry: last?.entry ?? 0,
    saidAt: last?.at ?? null,
  }
  if (isWell(channel, await store.read.states(id), at)) {
    return { ...base, verdict: { code: HEALTHY, stage: 'in-force', certain: true }, wellSince: lastSeenAt }
  }
  const said = await withPairs(await store.read.trace(id, null, LOOKED_AT), services)
  const diagnosis = diagnose(said, { now: at, wanted: base.wanted })
  return { ...base, verdict: verdictOf(diagnosis, said.at(-1)?.at ?? null, at), wellSince: null }
}

const patience = causes.flatMap((cause) => cause.patience ?? [])

/** When a channel is to be looked at again though nothing more is said: within a day or so at the latest. */
export function lookAgainAt(standing: Standing, { at, saidAt, wellSince }: Look): number {
  const latest = wellSince === null ? at + DAILY : wellSince + DAILY + 1
  return Math.min(nextLook(standing, wellSince === null ? saidAt : null, patience, at) ?? latest, latest)
}
