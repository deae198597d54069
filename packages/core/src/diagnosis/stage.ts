import type { DeclarationState } from '@edict/protocol'
import type { History } from './history.ts'
import type { Sync } from './sync.ts'
import { type ManifestEntry, succeeded, type TraceEntry } from './trace-entry.ts'

/** Where a synchronization stands, from the first step to the last. */
export const stages = [
  'not-woken',
  'woken-not-connected',
  'not-offered',
  'command-not-taken',
  'acknowledged-no-tokens',
  'tokens-no-manifest',
  'manifest-nothing-fetched',
  'partly-fetched',
  'fetched-no-report',
  'reported-not-active',
  'in-force',
] as const

export type Stage = (typeof stages)[number]

/** What each means, as a sentence that begins with "It". */
export const stageSentences: Readonly<Record<Stage, string>> = {
  'not-woken': 'It was not pushed, and did not connect',
  'woken-not-connected': 'It was pushed, and did not connect',
  'not-offered': 'It connects, and is not given the command DeclarativeManagement',
  'command-not-taken': 'It did not acknowledge the command DeclarativeManagement',
  'acknowledged-no-tokens': 'It acknowledged the command, and asked for nothing',
  'tokens-no-manifest': 'It has the tokens, and did not ask for the manifest',
  'manifest-nothing-fetched': 'It has the manifest, and fetched no declaration',
  'partly-fetched': 'It fetched some declarations, and stopped',
  'fetched-no-report': 'It fetched all that it lacked, and has not reported',
  'reported-not-active': 'It reported, and something is not in force',
  'in-force': 'It reported that everything it was given is in force',
}

/** Where the attempt that counts stands. */
export function stageOf(history: History): Stage {
  const { last, manifests, due, states } = history
  if (last === null) return beforeTheFirst(history.said)
  const waiting = notBegun(history)
  if (waiting !== null) return waiting
  // A token that the device has ends the attempt where the earlier one ended, and so does what was taken back.
  if (!isOfWhatItHas(last, manifests[0]) && !wasTakenBack(last, history)) {
    if (last.tokens === null && last.manifest === null) return beforeTokens(last, history)
    if (last.manifest === null) return 'tokens-no-manifest'
  }
  const manifest = manifests[0]
  if (manifest === undefined) return last.manifest === null ? 'tokens-no-manifest' : 'manifest-nothing-fetched'
  const got = fetchedSince(history)
  const fetched = due.filter((pair) => got.has(`${pair.kind}/${pair.identifier}`)).length
  if (due.length > 0 && fetched === 0) return 'manifest-nothing-fetched'
  if (fetched < due.length) return 'partly-fetched'
  if (due.length > 0 && !reportedSince(history)) return 'fetched-no-report'
  if (states === null) return manifest.pairs?.length === 0 ? 'in-force' : 'fetched-no-report'
  return isInForce(history) ? 'in-force' : 'reported-not-active'
}

function isOfWhatItHas({ command, result, tokens, manifest }: Sync, had: ManifestEntry | undefined): boolean {
  if (manifest !== null || had?.token === undefined) return false
  if (tokens !== null) return tokens.token === had.token
  return result?.status === 'Acknowledged' && command?.token === had.token
}

/** It did not take the command, for what is not wanted any more: it has what is wanted, and nobody offers it anything. */
function wasTakenBack({ command, result, tokens, manifest }: Sync, { manifests, wanted }: History): boolean {
  if (command === null || tokens !== null || manifest !== null) return false
  if (wanted === undefined || manifests[0]?.token !== wanted) return false
  if (result === null) return typeof command.token === 'string' && command.token !== wanted
  return result.status === 'NotNow'
}

/** Where it stands when the last attempt is over and another is due: something newer is wanted, or the device was pushed since. */
function notBegun({ said, last, manifests, wanted }: History): Stage | null {
  if (last === null || (last.command !== null && last.tokens === null && last.manifest === null)) return null
  const token = last.manifest?.token ?? last.tokens?.token ?? manifests[0]?.token
  const isOver = wanted !== undefined && token !== undefined && token !== wanted
  const end = said.findLastIndex((one) => (isOver ? isOfSync(one) : one.kind !== 'push'))
  return isOver || end < said.length - 1 ? beforeTheFirst(said.slice(end + 1)) : null
}

function isOfSync({ kind }: TraceEntry): boolean {
  return kind === 'tokens' || kind === 'declaration-items' || kind === 'declaration' || kind === 'status'
}

function beforeTheFirst(said: readonly TraceEntry[]): Stage {
  const connected = said.some((one) => one.kind === 'result' || one.kind === 'command')
  if (connected) return 'not-offered'
  const pushes = said.filter((one) => one.kind === 'push')
  return pushes.at(-1)?.accepted === true ? 'woken-not-connected' : 'not-woken'
}

function beforeTokens({ command, result, fetches }: Sync, { said }: History): Stage {
  if (fetches.length > 0) return 'partly-fetched'
  if (command === null) return beforeTheFirst(said)
  return result?.status === 'Acknowledged' ? 'acknowledged-no-tokens' : 'command-not-taken'
}

/** `kind/identifier` of what was answered after the last manifest; 404 is an answer too: the device lets go of it. */
function fetchedSince({ sinceManifest }: History): ReadonlySet<string> {
  return new Set(
    sinceManifest.flatMap((one) =>
      one.kind === 'declaration' && (one.answer.status === 200 || one.answer.status === 404)
        ? [`${one.declaration}/${one.identifier}`]
        : [],
    ),
  )
}

function reportedSince({ sinceManifest }: History): boolean {
  return sinceManifest.some((one) => one.kind === 'status' && one.states !== null && succeeded(one.answer))
}

/** Everything in the last manifest is active and valid as reported; management declarations are never active. */
function isInForce({ manifests, states }: History): boolean {
  const reported = states ?? []
  const someWait = reported.some(waitsForItsPredicate)
  return (manifests[0]?.pairs ?? []).every((pair) => {
    const state = reported.find((one) => one.identifier === pair.identifier && one['server-token'] === pair.serverToken)
    if (state === undefined) return false
    if (pair.kind === 'management' || pair.kind === 'asset') return state.valid !== 'invalid'
    if (state.active) return state.valid === 'valid'
    return waitsForItsPredicate(state) || (someWait && pair.kind === 'configuration' && waitsForItsActivation(state))
  })
}

/** Inactive as it was written: its own predicate says so. */
function waitsForItsPredicate({ active, reasons }: DeclarationState): boolean {
  return !active && reasons.some(({ code }) => code === 'Info.Predicate')
}

/** Inactive, and the device has nothing against it: the activations that name it are. */
function waitsForItsActivation({ valid, reasons }: DeclarationState): boolean {
  return (
    valid !== 'invalid' &&
    reasons.every(({ code }) => code.startsWith('Info.') && code !== 'Info.NotReferencedByActivation')
  )
}

/** Whether the device is known to have everything in the last manifest. */
export function hasEverything({ manifests, due }: History): boolean {
  return due.length === 0 && (manifests[0]?.pairs?.length ?? 0) > 0
}
