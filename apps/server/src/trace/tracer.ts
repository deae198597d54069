import type { Store, Traced } from '@edict/store'
import { LRUCache } from 'lru-cache'
import type { Logger } from 'pino'
import type { Metrics } from '../metrics.ts'

/** After so many new entries of a channel its oldest go. */
const COUNTED_EVERY = 100

/** Channels whose entries are counted at a time. */
const MOST_COUNTED = 50_000

/** How long entries wait to be written together, in milliseconds. */
const WITHIN = 200

/** What waits at most: beyond that the oldest are given up, for no device waits for its trace. */
const MOST_WAITING = 20_000

/** As many entries as one transaction writes. */
const BATCH = 1000

/** How long after something was said its channel is diagnosed: until then most synchronizations are over. */
const SETTLING = 15_000
/** As many entries of a channel have their bodies, where those are kept. */
const BODIES = 100
/** What is kept of strangers who claim to be a channel. */
const CLAIMS = 20
/** Characters of bodies that wait at most: beyond that entries go without. */
const MOST_BODIES = 32 * 1024 * 1024

/** Keeps what channels and the server say, apart from the requests: nobody waits for it, and a failure of it fails nothing. */
export interface Tracer {
  add(entry: Traced): void
  /** Resolves when everything so far is written, or was given up. */
  flush(): Promise<void>
}

type Uses = { readonly store: Store; readonly metrics: Metrics; readonly log: Logger; readonly now: () => number }

/**
 * Channels that said something are diagnosed again, a moment later. Entries wait for a moment and are written together, in the group commit that happens then: none costs an fsync of its own. What
 * was said in the last moment before a crash may be missing.
 *
 * @param keep how many entries of a channel are kept, and a few more until they are counted again; 0: none
 */
export function createTracer(keep: number, { store, metrics, log, now }: Uses): Tracer {
  const waiting: Traced[] = []
  let bodies = 0
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> | undefined
  const added = new LRUCache<string, number>({ max: MOST_COUNTED })

  const write = async (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    // What comes meanwhile waits for the next time, or busy channels would have a transaction for every few entries.
    for (let left = waiting.length; left > 0; left -= BATCH) {
      const batch = waiting.splice(0, Math.min(left, BATCH))
      for (const one of batch) bodies -= sizeOf(one)
      try {
        await store.transaction(async (tx) => {
          await tx.addTrace(batch)
          for (const id of due(batch)) await tx.shortenTrace(id, { entries: keep, claims: CLAIMS, bodies: BODIES })
          await tx.lookAgain(
            batch.map(({ enrollment }) => enrollment),
            now() + SETTLING,
          )
        })
      } catch (error) {
        metrics.traceLost.inc(batch.length)
        log.warn({ err: error, entries: batch.length }, 'trace')
      }
    }
  }

  /** The channels of a batch of which enough was added since they were last shortened. */
  const due = (batch: readonly Traced[]): ReadonlySet<string> => {
    const full = new Set<string>()
    for (const { enrollment, claimed } of batch) {
      const count = (added.get(enrollment) ?? 0) + 1
      // Claims are few, and have to stay few: nothing that a channel says is counted with them.
      if (count >= COUNTED_EVERY || claimed !== undefined) full.add(enrollment)
      added.set(enrollment, count >= COUNTED_EVERY ? 0 : count)
    }
    return full
  }

  const turn = (): Promise<void> => {
    writing ??= write().finally(() => {
      writing = undefined
      if (waiting.length > 0 && timer === undefined) timer = setTimeout(turn, WITHIN).unref()
    })
    return writing
  }

  return {
    add: (entry) => {
      if (keep === 0) return
      const { bodies: _bodies, ...bare } = entry
      const kept = bodies + sizeOf(entry) > MOST_BODIES ? (bare as Traced) : entry
      bodies += sizeOf(kept)
      waiting.push(kept)
      if (waiting.length > MOST_WAITING) {
        for (const one of waiting.splice(0, BATCH)) bodies -= sizeOf(one)
        metrics.traceLost.inc(BATCH)
      }
      timer ??= setTimeout(turn, WITHIN).unref()
    },
    flush: async () => {
      while (waiting.length > 0 || writing !== undefined) await turn()
    },
  }
}

function sizeOf({ bodies }: Traced): number {
  return (bodies?.request?.length ?? 0) + (bodies?.answer?.length ?? 0)
}
