import type { Answered, TraceEntry } from '@edict/core'
import type { Colours } from '../../colours.ts'

/** Where each kind of thing stands: what goes on at the same time is seen side by side. */
const lanes = ['push', 'command', 'sync', 'status'] as const
type Lane = (typeof lanes)[number]

/** Wide enough for most of what stands in it; what is longer pushes nothing. */
const WIDTH: Readonly<Record<Lane, number>> = { push: 6, command: 30, sync: 38, status: 0 }

/** Silence that is worth a line of its own, in milliseconds. */
const GAP = 60_000

/**
 * What was said as a person reads it: time runs down, and each lane (push, command, sync, status) has a column. A long silence is a
 * line that says how long.
 */
export function timeline(said: readonly TraceEntry[], colours: Colours): readonly string[] {
  const head = `${' '.repeat(13)}${lanes.map((lane) => lane.padEnd(WIDTH[lane])).join('')}`
  const lines = [colours.dim(head.trimEnd())]
  let before: number | undefined
  let day = ''
  for (const one of said) {
    const at = new Date(one.at).toISOString()
    if (at.slice(0, 10) !== day) {
      day = at.slice(0, 10)
      lines.push(colours.dim(day))
    } else if (before !== undefined && one.at - before >= GAP) {
      lines.push(colours.dim(`             ┆ ${duration(one.at - before)}`))
    }
    before = one.at
    const lane = laneOf(one)
    const indent = lanes.slice(0, lanes.indexOf(lane)).reduce((width, each) => width + WIDTH[each], 0)
    const text = entryText(one)
    const failed = isFailure(one)
    lines.push(`${colours.dim(at.slice(11, 23))} ${' '.repeat(indent)}${failed ? colours.red(text) : text}`)
  }
  return lines
}

function laneOf({ kind }: TraceEntry): Lane {
  if (kind === 'push') return 'push'
  if (kind === 'status') return 'status'
  return kind === 'command' || kind === 'result' || kind === 'check-in' ? 'command' : 'sync'
}

/** One entry in a few words. */
export function entryText(one: TraceEntry): string {
  switch (one.kind) {
    case 'push':
      return one.accepted ? '◦ push' : `✗ push ${one.reason ?? ''}`
    case 'command':
      return `← ${one.requestType}${flawMark(one.flaws.length)}`
    case 'result':
      return `→ ${one.status}${answerMark(one.answer)}`
    case 'check-in':
      return `→ ${one.messageType}${answerMark(one.answer)}`
    case 'tokens':
      return `tokens ${short(one.token)}${answerMark(one.answer)}`
    case 'declaration-items':
      return `manifest ${short(one.token)}, ${one.pairs?.length ?? '?'} items${answerMark(one.answer)}`
    case 'declaration':
      return `  ${one.declaration}/${one.identifier}${answerMark(one.answer)}`
    case 'asset':
      return `  GET ${one.url}${answerMark(one.answer)}`
    case 'status':
      return `${one.full ? 'full ' : ''}report${statesText(one)}${answerMark(one.answer)}`
  }
}

function statesText({ states }: Extract<TraceEntry, { kind: 'status' }>): string {
  if (states === null) return ''
  const all = Object.values(states).flat()
  return `: ${all.filter(({ active }) => active).length} of ${all.length} active`
}

function answerMark({ status, flaws }: Answered): string {
  const wrong = flawMark(flaws.filter(({ severity }) => severity === 'error').length)
  if (status === null) return ` (no answer)${wrong}`
  return status === 200 ? wrong : ` ${status}${wrong}`
}

function flawMark(count: number): string {
  return count === 0 ? '' : ` ⚠ ${count}`
}

function isFailure(one: TraceEntry): boolean {
  if (one.kind === 'push') return !one.accepted
  if (one.kind === 'command') return one.flaws.length > 0
  const { status, flaws } = one.answer
  return (status !== null && status !== 200) || flaws.some(({ severity }) => severity === 'error')
}

/** The beginning of a token: enough to tell two apart. */
function short(token: string | undefined): string {
  return token === undefined ? '–' : token.length > 8 ? `${token.slice(0, 8)}…` : token
}

/** Seconds, minutes, hours or days, whichever fits. */
function duration(ms: number): string {
  const units = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['min', 60_000],
    ['s', 1000],
  ] as const
  const [unit, size] = units.find(([, each]) => ms >= each) ?? ['s', 1000]
  return `${Math.round(ms / size)} ${unit}`
}
