import type { DeclarationState } from '@edict/protocol'
import type { Instant } from '../instant.ts'
import { inOrder } from './in-order.ts'
import { presentPeriod, type Sync, syncsOf } from './sync.ts'
import {
  type CheckInEntry,
  type ManifestEntry,
  type Pair,
  pairKey,
  type StatusEntry,
  type TraceEntry,
  wasSaid,
} from './trace-entry.ts'

/** What was said in the present enrollment, put in order for the causes to look at. */
export interface History {
  /** What was said, all of it: not what the server only came to believe, nor what somebody said who was not believed. */
  readonly all: readonly TraceEntry[]
  /** What somebody said who claimed to be this channel, and was not believed. */
  readonly claimed: readonly TraceEntry[]
  /** From the last Authenticate on. */
  readonly said: readonly TraceEntry[]
  /** That Authenticate; null when the record begins later: what happened before is not known then. */
  readonly began: CheckInEntry | null
  readonly syncs: readonly Sync[]
  /** The attempt that counts: the last that was more than a look whether something is new. */
  readonly last: Sync | null
  /** The last manifest that can be read, and those before it, newest first. */
  readonly manifests: readonly ManifestEntry[]
  /** What was said from the last manifest on; nothing when there is none. */
  readonly sinceManifest: readonly TraceEntry[]
  /** Pairs that the device had before the last manifest came, and how that is known. */
  readonly knownBefore: ReadonlyMap<string, 'fetched' | 'reported'>
  /** What the device has to fetch after the last manifest, as far as it is known. */
  readonly due: readonly Pair[]
  readonly reports: readonly StatusEntry[]
  /** What the device said last of each declaration; null when it never did. */
  readonly states: readonly DeclarationState[] | null
  /** When the record ends, or when it is looked at. */
  readonly now: Instant
  readonly wanted: Beside['wanted']
}

/** What is known beside the record. */
export interface Beside {
  /** When the record is looked at; its last entry's time when nobody knows. */
  readonly now?: Instant
  /** The token of what the channel should have now: only its own server knows it. */
  readonly wanted?: string
}

export function historyOf(kept: readonly TraceEntry[], { now = kept.at(-1)?.at ?? 0, wanted }: Beside = {}): History {
  const all = inOrder(kept).filter(wasSaid)
  const { said, began } = presentPeriod(all)
  const syncs = syncsOf(said)
  const manifests = said.filter((one) => one.kind === 'declaration-items' && one.pairs !== undefined) as ManifestEntry[]
  const manifest = manifests.at(-1)
  const at = manifest === undefined ? said.length : said.indexOf(manifest)
  const knownBefore = known(said.slice(0, at))
  const reports = said.filter((one) => one.kind === 'status')
  return {
    all,
    claimed: kept.filter(({ claimed }) => claimed !== undefined),
    said,
    began,
    syncs,
    last: syncs.findLast((sync, index) => !isLook(sync, syncs.slice(0, index))) ?? syncs.at(-1) ?? null,
    manifests: manifests.toReversed(),
    sinceManifest: said.slice(at),
    knownBefore,
    due: (manifest?.pairs ?? []).filter((pair) => !knownBefore.has(pairKey(pair))),
    reports,
    states: statesOf(reports),
    now,
    wanted,
  }
}

/** Only `tokens` was asked, by the device itself, and its answer is the manifest's that it has. */
function isLook(sync: Sync, earlier: readonly Sync[]): boolean {
  if (sync.command !== null || sync.manifest !== null || sync.tokens === null) return false
  const had = earlier.findLast(({ manifest }) => manifest !== null)?.manifest?.token
  return had !== undefined && sync.tokens.token === had
}

/** A device has what it fetched, whatever became of it, and what it says that it has. */
function known(said: readonly TraceEntry[]): ReadonlyMap<string, 'fetched' | 'reported'> {
  const found = new Map<string, 'fetched' | 'reported'>()
  let advertised: readonly Pair[] = []
  for (const one of said) {
    if (one.kind === 'declaration-items' && one.pairs !== undefined) advertised = one.pairs
    else if (one.kind === 'declaration' && one.answer.status === 200) {
      const pair = advertised.find(({ kind, identifier }) => kind === one.declaration && identifier === one.identifier)
      const serverToken = pair?.serverToken ?? one.body?.serverToken
      if (serverToken === undefined) continue
      found.set(pairKey({ kind: one.declaration, identifier: one.identifier, serverToken }), 'fetched')
    } else if (one.kind === 'status' && one.states !== null) {
      for (const [kind, states] of Object.entries(one.states)) {
        for (const state of states) {
          const pair = { kind: kind as Pair['kind'], identifier: state.identifier, serverToken: state['server-token'] }
          if (!found.has(pairKey(pair))) found.set(pairKey(pair), 'reported')
        }
      }
    }
  }
  return found
}

/** Each array that is present replaces what was known of it. */
function statesOf(reports: readonly StatusEntry[]): readonly DeclarationState[] | null {
  const kinds: Record<string, readonly DeclarationState[]> = {}
  for (const { states } of reports) Object.assign(kinds, states ?? {})
  return Object.keys(kinds).length === 0 ? null : Object.values(kinds).flat()
}
