import type { Answered, ManifestChanges, TraceEntry } from '@edict/core'
import type { Colours } from '../../colours.ts'
import { printable } from '../../printable.ts'

/** Where each kind of thing stands: what goes on at the same time is seen side by side. */
const lanes = ['push', 'command', 'sync', 'status'] as const
type Lane = (typeof lanes)[number]

type Widths = Readonly<Record<Lane, number>>

/** Wide enough for most of what stands in it; what is longer pushes nothing. */
const WIDE: Widths = { push: 8, command: 34, sync: 44, status: 0 }
/** On a terminal that is not as wide lanes overlap: each line has only one thing. */
const NARROW: Widths = { push: 8, command: 26, sync: 12, status: 0 }
/** From so many columns on the wide lanes fit, with something in the last. */
const ROOM = 130
/** Before the first lane: a time and two spaces. */
const MARGIN = 14

/** Silence that is worth a line of its own, in milliseconds. */
const GAP = 60_000
/** What takes longer is said to, in milliseconds. */
const SLOW = 1000
/** Of so many bodies in a row that all came, the first few stand for all. */
const MANY_BODIES = 8
const FEW_BODIES = 4

/**
 * What was said as a person reads it: time runs down, and each lane (push, command, sync, status) has a column. A long silence is a
 * line that says how long.
 *
 * @param columns of the terminal, which no line is longer than; null: as long as it takes
 */
export function timeline(
  said: readonly TraceEntry[],
  colours: Colours,
  columns: number | null = null,
): readonly string[] {
  const draw = drawing(colours, columns)
  return runs(said).flatMap((run) => {
    if (run.length < MANY_BODIES) return run.flatMap(draw)
    const drawn = run.slice(0, FEW_BODIES).flatMap(draw)
    const last = run.at(-1)?.at ?? 0
    const more = `${clock(last)}${indentOf('sync', widthsFor(columns))}  … and ${run.length - FEW_BODIES} more`
    return [...drawn, colours.dim(more)]
  })
}

/** Bodies that came one after the other by themselves, and all else one by one. */
function runs(said: readonly TraceEntry[]): readonly (readonly TraceEntry[])[] {
  const found: TraceEntry[][] = []
  for (const one of said) {
    const run = found.at(-1)
    const before = run?.at(-1)
    if (run !== undefined && before !== undefined && isBody(one) && isBody(before) && one.at - before.at < GAP)
      run.push(one)
    else found.push([one])
  }
  return found
}

function isBody(one: TraceEntry): boolean {
  return one.kind === 'declaration' && one.claimed === undefined && !isFailure(one)
}

/** Draws one entry after the other: gives the lines that each adds, heads and gaps among them. */
export function drawing(colours: Colours, columns: number | null = null): (one: TraceEntry) => readonly string[] {
  const widths = widthsFor(columns)
  let before: number | undefined
  let day = ''
  return (one) => {
    const lines: string[] = []
    if (before === undefined) {
      const head = `${' '.repeat(MARGIN)}${lanes.map((lane) => lane.padEnd(widths[lane])).join('')}`
      lines.push(colours.dim(head.trimEnd()))
    }
    const today = new Date(one.at).toISOString().slice(0, 10)
    const silence = before === undefined ? 0 : one.at - before
    if (silence >= GAP) lines.push(colours.dim(`${' '.repeat(MARGIN)}┆ ${duration(silence)}`))
    if (today !== day) lines.push(colours.dim(today))
    day = today
    before = one.at
    const lane = laneOf(one)
    const indent = indentOf(lane, widths)
    const text = cut(entryText(one), columns === null ? null : columns - clock(one.at).length - indent.length)
    const shown =
      one.claimed !== undefined
        ? colours.yellow(text)
        : isFailure(one)
          ? colours.red(text)
          : one.kind === 'enrollment'
            ? colours.dim(text)
            : text
    lines.push(`${colours.dim(clock(one.at))}${indent}${shown}`)
    return lines
  }
}

/** `10:00:02.040` */
function clock(at: number): string {
  return new Date(at).toISOString().slice(11, 23)
}

function widthsFor(columns: number | null): Widths {
  return columns !== null && columns < ROOM ? NARROW : WIDE
}

function cut(text: string, most: number | null): string {
  return most === null || text.length <= most ? text : `${text.slice(0, Math.max(most - 1, 1))}…`
}

function indentOf(lane: Lane, widths: Widths): string {
  const width = lanes.slice(0, lanes.indexOf(lane)).reduce((sum, each) => sum + widths[each], 0)
  return ' '.repeat(MARGIN - 'hh:mm:ss.sss'.length + width)
}

function laneOf({ kind }: TraceEntry): Lane {
  switch (kind) {
    case 'push':
    case 'status':
      return kind
    case 'command':
    case 'result':
    case 'check-in':
    case 'enrollment':
      return 'command'
    case 'tokens':
    case 'declaration-items':
    case 'declaration':
    case 'asset':
      return 'sync'
  }
}

/** One entry in a few words. */
export function entryText(one: TraceEntry): string {
  const text = printable(saidText(one))
  if (one.claimed === undefined) return text
  return `${text}, by somebody else${one.claimed > 1 ? ` (${one.claimed} times)` : ''}`
}

function saidText(one: TraceEntry): string {
  switch (one.kind) {
    case 'push':
      return one.accepted ? '◦ push' : `✗ push ${one.reason ?? ''}`
    case 'command':
      return `← ${one.requestType}${flawMark(one.flaws.length)}`
    case 'result':
      return `→ ${one.status}${errorsText(one.errors)}${answerMark(one.answer)}`
    case 'check-in':
      return `→ ${one.messageType}${answerMark(one.answer)}`
    case 'enrollment':
      return `◆ ${one.what.join(', ')}`
    case 'tokens':
      return `tokens ${short(one.token)}${answerMark(one.answer)}`
    case 'declaration-items':
      return `manifest ${short(one.token)}${manifestText(one)}${answerMark(one.answer)}`
    case 'declaration':
      return `  ${one.declaration}/${one.identifier}${answerMark(one.answer)}`
    case 'asset':
      return `  GET ${one.url}${answerMark(one.answer)}`
    case 'status':
      return `${one.full ? 'full ' : ''}report${statesText(one)}${answerMark(one.answer)}`
  }
}

function errorsText(errors: readonly { readonly domain: string; readonly code: number }[] = []): string {
  return errors.length === 0 ? '' : ` ${errors.map(({ domain, code }) => `${domain} ${code}`).join(', ')}`
}

/** `, 5 items: 1 new, 2 changed, 1 gone` */
function manifestText({ pairs, changes, answer }: Extract<TraceEntry, { kind: 'declaration-items' }>): string {
  if (answer.status !== null && answer.status !== 200) return ''
  const count = pairs?.length ?? (changes === undefined ? undefined : countOf(changes))
  const items = `, ${count ?? '?'} item${count === 1 ? '' : 's'}`
  if (changes === undefined) return items
  const words = (['new', 'changed', 'gone'] as const).flatMap((word) =>
    changes[word].count === 0 ? [] : [`${changes[word].count} ${word}`],
  )
  return words.length === 0 ? `${items}, none new` : `${items}: ${words.join(', ')}`
}

function countOf(changes: ManifestChanges): number {
  return changes.new.count + changes.changed.count + changes.known
}

function statesText({ states, changes }: Extract<TraceEntry, { kind: 'status' }>): string {
  const all = states === null ? null : Object.values(states).flat()
  const active = all === null ? '' : `: ${all.filter((one) => one.active).length} of ${all.length} active`
  if (changes === undefined) return active
  const turned = changes.conditions.slice(0, 2).map(({ identifier, to }) => `${identifier} ${to ?? 'gone'}`)
  const more = changes.conditions.length > 2 ? [`${changes.conditions.length - 2} more`] : []
  const said = [...turned, ...more].join(', ')
  return said === '' ? active : `${active}; ${said}`
}

function answerMark({ status, flaws, code, ms }: Answered): string {
  const wrong = flawMark(flaws.filter(({ severity }) => severity === 'error').length)
  const slow = ms !== undefined && ms >= SLOW ? `, took ${duration(ms)}` : ''
  if (status === null) return ` (no answer)${wrong}`
  return status === 200 ? `${wrong}${slow}` : ` ${status}${code === undefined ? '' : ` ${code}`}${wrong}${slow}`
}

function flawMark(count: number): string {
  return count === 0 ? '' : ` ⚠ ${count}`
}

function isFailure(one: TraceEntry): boolean {
  if (one.kind === 'enrollment') return false
  if (one.kind === 'push') return !one.accepted
  if (one.kind === 'command') return one.flaws.length > 0
  const { status, flaws } = one.answer
  const refused = one.kind === 'result' && (one.status === 'Error' || one.status === 'CommandFormatError')
  return refused || (status !== null && status !== 200) || flaws.some(({ severity }) => severity === 'error')
}

/** The beginning of a token: enough to tell two apart. */
function short(token: string | undefined): string {
  return token === undefined ? '–' : token.length > 8 ? `${token.slice(0, 8)}…` : token
}

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const

/** The two largest units that are not zero: `2 d 3 h`, `1 min 30 s`. */
function duration(ms: number): string {
  const at = units.findIndex(([, size]) => ms >= size)
  const [unit, size] = units[at] ?? ['s', 1000]
  const [smaller, each] = units[at + 1] ?? [unit, size]
  const rest = Math.floor((ms % size) / each)
  return `${Math.floor(ms / size)} ${unit}${rest === 0 || smaller === unit ? '' : ` ${rest} ${smaller}`}`
}
