import type {
  CheckInEntry,
  CommandEntry,
  DeclarationEntry,
  ManifestEntry,
  ResultEntry,
  StatusEntry,
  TokensEntry,
  TraceEntry,
} from './trace-entry.ts'

/** One attempt of a device to catch up, as far as it came. */
export interface Sync {
  readonly command: CommandEntry | null
  /** The last result of that command. */
  readonly result: ResultEntry | null
  readonly tokens: TokensEntry | null
  readonly manifest: ManifestEntry | null
  readonly fetches: readonly DeclarationEntry[]
  /** Reports after it began and before the next one. */
  readonly reports: readonly StatusEntry[]
}

type Growing = { -readonly [K in keyof Sync]: K extends 'fetches' | 'reports' ? Sync[K][number][] : Sync[K] }

/**
 * Divides what was said into attempts. One begins with the command, or with a request that cannot belong to the one before: `tokens`
 * after its tokens, `declaration-items` after its manifest. A report belongs to the attempt that it came after.
 */
export function syncsOf(said: readonly TraceEntry[]): readonly Sync[] {
  const syncs: Growing[] = []
  const begin = (): Growing => {
    const sync: Growing = { command: null, result: null, tokens: null, manifest: null, fetches: [], reports: [] }
    syncs.push(sync)
    return sync
  }
  const current = (): Growing => syncs.at(-1) ?? begin()
  for (const one of said) {
    if (one.kind === 'command' && one.requestType === 'DeclarativeManagement') {
      const open = syncs.at(-1)
      // Offered again with the same UUID: the same attempt.
      if (open?.command != null && open.command.uuid === one.uuid && open.tokens === null) open.command = one
      else begin().command = one
    } else if (one.kind === 'result') {
      const asked = syncs.findLast(({ command }) => command !== null && command.uuid === one.uuid)
      if (asked !== undefined && one.uuid !== null) asked.result = one
    } else if (one.kind === 'tokens') {
      const sync = current()
      const fits = sync.tokens === null && sync.manifest === null
      ;(fits ? sync : begin()).tokens = one
    } else if (one.kind === 'declaration-items') {
      const sync = current()
      ;(sync.manifest === null ? sync : begin()).manifest = one
    } else if (one.kind === 'declaration') current().fetches.push(one)
    else if (one.kind === 'status') {
      // A device that was just turned on reports before it asks.
      if (syncs.length > 0) current().reports.push(one)
    }
  }
  return syncs
}

/** Since when the present enrollment lasts: what was said from its last accepted Authenticate on, or everything. */
export function presentPeriod(said: readonly TraceEntry[]): {
  readonly said: readonly TraceEntry[]
  readonly began: CheckInEntry | null
} {
  const at = said.findLastIndex(
    (one) => one.kind === 'check-in' && one.messageType === 'Authenticate' && one.answer.status === 200,
  )
  if (at < 0) return { said, began: null }
  return { said: said.slice(at), began: said[at] as CheckInEntry }
}
