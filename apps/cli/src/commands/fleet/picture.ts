import type { Fleet } from '@edict/api'
import type { Colours } from '../../colours.ts'
import { printable } from '../../printable.ts'
import { ageOf } from './age.ts'
import { bar, gauge } from './bar.ts'

/** Wider than this a picture is read and not seen. */
const WIDEST = 110
const NARROWEST = 60
const INDENT = '  '
/** Of what a list has more of. */
const MOST = 8

type Paint = (text: string) => string
type Numbered = { readonly what: string; readonly count: number }

/** The fleet as a person looks at it, in lines that are at most so wide. The words beside the numbers are those of `--list`. */
export function picture(fleet: Fleet, columns: number, colours: Colours): readonly string[] {
  const width = Math.max(NARROWEST, Math.min(columns, WIDEST))
  if (fleet.channels === 0) return [...empty(fleet, colours), '', ...health(fleet, width, colours)]
  return [
    ...head(fleet, width, colours),
    '',
    ...gauges(fleet, width, colours),
    ...section('Declarations', conditions(fleet, width, colours), colours),
    ...section('Why not in force', reasons(fleet, width, colours), colours),
    ...section('Who waits for what', changes(fleet, width, colours), colours),
    ...section('Why channels are ailing', causes(fleet, width, colours), colours),
    ...section('How far they came', stages(fleet, width, colours), colours),
    '',
    ...labelled('Enrolled', fleet.enrollments.slice(3).map(countText), width, colours),
    ...health(fleet, width, colours),
    ...silences(fleet, width, colours),
    '',
    colours.dim(`Each word is a list: edict fleet --list ${suggested(fleet)}`),
  ]
}

function section(title: string, lines: readonly string[], { bold }: Colours): readonly string[] {
  return lines.length === 0 ? [] : ['', bold(title), ...lines]
}

function head({ at, channels, enrollments, platforms }: Fleet, width: number, colours: Colours): readonly string[] {
  const [, devices, users] = enrollments
  const what = [devices, users].filter((one) => one !== undefined && one.count > 0).map(countText)
  const title = `${channels} channels: ${what.join(', ')}`
  const moment = `${at.slice(0, 10)} ${at.slice(11, 19)}Z`
  const gap = Math.max(2, width - title.length - moment.length)
  return [
    `${colours.bold(title)}${' '.repeat(gap)}${colours.dim(moment)}`,
    ...wrapped(platforms.map(countText), width).map(colours.dim),
  ]
}

function countText(one: Numbered | undefined): string {
  return one === undefined ? '' : `${one.count} ${one.what}`
}

function gauges({ channels, sync, health }: Fleet, width: number, colours: Colours): readonly string[] {
  const line = (what: string, count: number) => {
    const text = `${count} of ${channels}`
    const cells = gauge(count, channels, width - 12 - Math.max(text.length, `${channels} of ${channels}`.length))
    return `${what.padEnd(8)}  ${(count === channels ? colours.green : colours.yellow)(cells)}  ${text}`
  }
  return [line('in-sync', numberOf(sync, 'in-sync')), line('healthy', numberOf(health, 'healthy'))]
}

function numberOf(numbers: readonly Numbered[], what: string): number {
  return numbers.find((one) => one.what === what)?.count ?? 0
}

function conditions({ conditions: all }: Fleet, width: number, colours: Colours): readonly string[] {
  const order = ['in-force', 'collected', 'waiting', 'inactive', 'unreferenced', 'removing', 'left-out', 'failed']
  const shown = all.filter(({ count }) => count > 0).toSorted((a, b) => order.indexOf(a.what) - order.indexOf(b.what))
  return bars(shown, width, (what) => paintOf(what, colours))
}

function paintOf(what: string, colours: Colours): Paint {
  if (what === 'in-force') return colours.green
  return what === 'failed' || what === 'left-out' ? colours.red : colours.yellow
}

/** One line each: the word, the number, and a bar; the longest is as long as there is room. */
function bars(numbers: readonly Numbered[], width: number, paint: (what: string) => Paint): readonly string[] {
  const words = Math.max(...numbers.map(({ what }) => what.length))
  const digits = Math.max(...numbers.map(({ count }) => String(count).length))
  const most = Math.max(...numbers.map(({ count }) => count))
  const room = width - INDENT.length * 3 - words - digits
  return numbers.map(({ what, count }) => {
    const drawn = paint(what)(bar(count, most, room))
    return `${INDENT}${what.padEnd(words)}${INDENT}${String(count).padStart(digits)}${INDENT}${drawn}`
  })
}

function reasons({ reasons: all, moreReasons }: Fleet, width: number, colours: Colours): readonly string[] {
  const rows = all.slice(0, MOST).map(({ what, count, channels, message, condition }) => ({
    count,
    what: printable(what),
    paint: paintOf(condition, colours),
    more: `${printable(message)}${channels === count ? '' : `, on ${channels} channels`}`,
  }))
  return [...explained(rows, width, colours), ...moreText(all.length - rows.length + moreReasons, 'reasons', colours)]
}

interface Row {
  readonly count: number
  readonly what: string
  readonly paint: Paint
  /** What stands beside the word. */
  readonly beside?: string
  readonly more: string
}

/** A number and its word, and below it what it means. */
function explained(rows: readonly Row[], width: number, { dim }: Colours): readonly string[] {
  const digits = Math.max(0, ...rows.map(({ count }) => String(count).length))
  const below = ' '.repeat(INDENT.length * 2 + digits)
  return rows.flatMap(({ count, what, paint, beside, more }) => [
    `${INDENT}${String(count).padStart(digits)}${INDENT}${lineOf(what, paint, beside, width - below.length)}`,
    ...filled(more, width - below.length).map((line) => `${below}${dim(line)}`),
  ])
}

function lineOf(what: string, paint: Paint, beside: string | undefined, width: number): string {
  if (beside === undefined) return paint(cut(what, width))
  return `${paint(what)}${INDENT}${cut(beside, width - what.length - INDENT.length)}`
}

function moreText(more: number, of: string, { dim }: Colours): readonly string[] {
  return more > 0 ? [dim(`${INDENT}and ${more} more ${of}: --json has them`)] : []
}

function changes({ at, changes: all, moreChanges, sync }: Fleet, width: number, colours: Colours): readonly string[] {
  const waited = all.filter(({ behind }) => behind.count > 0)
  const rows = waited.slice(0, MOST).map(({ behind, inSync, action, target, actor, since, at: made }): Row => {
    const change = action === null ? 'a change' : `${action} ${target ?? ''} by ${actor ?? '–'}`
    const times = `${ageOf(made, at)} ago; the longest waits ${ageOf(since, at)}`
    return {
      count: behind.count,
      what: behind.what,
      paint: colours.yellow,
      beside: printable(change),
      more: `${times}; ${inSync.count} have it`,
    }
  })
  const others = [
    { what: 'behind:first', more: 'have collected nothing since they enrolled' },
    { what: 'behind:self', more: 'what they said of themselves changed what they should hold' },
  ].flatMap(({ what, more }): readonly Row[] => {
    const count = numberOf(sync, what)
    return count === 0 ? [] : [{ count, what, paint: colours.yellow, more }]
  })
  return [
    ...explained([...rows, ...others], width, colours),
    ...moreText(waited.length - rows.length + moreChanges, 'changes', colours),
  ]
}

function causes({ causes: all }: Fleet, width: number, colours: Colours): readonly string[] {
  const rows = all.slice(0, MOST).map(({ count, what, summary, remedy }) => ({
    count,
    what,
    paint: colours.red,
    more: printable(remedy === null ? summary : `${summary}. Do: ${remedy}`),
  }))
  return [...explained(rows, width, colours), ...moreText(all.length - rows.length, 'causes', colours)]
}

/** Of a fleet that came all the way it is said already. */
function stages({ stages: all, channels }: Fleet, width: number, colours: Colours): readonly string[] {
  const [only] = all
  if (all.length === 1 && only?.what === 'stage:in-force' && only.count === channels) return []
  return bars(all, width, (what) => (what === 'stage:in-force' ? colours.green : colours.yellow))
}

/** What devices are pushed by, and what they prove with who they are. */
function health({ at, push, identities }: Fleet, width: number, colours: Colours): readonly string[] {
  const { certificate, resting } = push
  const pushing = [
    certificate === null ? 'no certificate' : `certificate ends in ${ahead(certificate.expiresAt, at)}`,
    ...(resting.length === 0 ? ['circuit closed'] : resting.map((one) => restText(one, at))),
    ...push.numbers.map(countText),
  ]
  const issuing = identities.authorities.find(({ state }) => state !== 'retired')
  const identity = [
    issuing === undefined ? 'no authority' : `authority ends in ${ahead(issuing.expiresAt, at)}`,
    ...identities.numbers.map(countText),
  ]
  return [
    ...labelled('Push', pushing, width, colours, warns(push)),
    ...labelled('Identity', identity, width, colours, identities.numbers.some(some)),
  ]
}

function restText({ topic, reason, since }: Fleet['push']['resting'][number], at: string): string {
  return `circuit open for ${printable(topic)}: ${printable(reason)}, since ${ageOf(since, at)}`
}

function silences({ at, silence }: Fleet, width: number, colours: Colours): readonly string[] {
  const longest = silence.longest.map(({ enrollment, since, deviceName, productName }) => {
    const name = deviceName ?? productName
    return `${ageOf(since, at).padStart(6)}  ${printable(enrollment)}${name === null ? '' : `  ${printable(name)}`}`
  })
  return [
    ...labelled('Silent', silence.numbers.map(silentText), width, colours, silence.numbers.some(some)),
    ...longest.map((line) => cut(`${LABEL}${line}`, width)),
  ]
}

const LABEL = ' '.repeat(10)

function some({ count }: Numbered): boolean {
  return count > 0
}

function warns({ certificate, resting, numbers }: Fleet['push']): boolean {
  const cannot = numbers.filter(({ what }) => what !== 'pushes-waiting')
  return resting.length > 0 || (certificate?.warning ?? null) !== null || cannot.some(some)
}

function silentText({ what, count }: Numbered): string {
  return count === 0 ? `${count} ${what}` : `${count} ${what} for two days or more`
}

/** How long until a moment. */
function ahead(moment: string, now: string): string {
  return Date.parse(moment) < Date.parse(now) ? `the past: ${moment.slice(0, 10)}` : ageOf(now, moment)
}

function labelled(
  label: string,
  parts: readonly string[],
  width: number,
  { bold, yellow, dim }: Colours,
  warning = false,
): readonly string[] {
  return wrapped(parts, width - LABEL.length).map((line, index) => {
    const before = index === 0 ? bold(label.padEnd(LABEL.length)) : LABEL
    const shown = line.replaceAll(/(?<=^|· )0 [\w-]+/g, (nothing) => dim(nothing))
    return `${before}${warning ? yellow(shown) : shown}`
  })
}

/** What one would look at first. */
function suggested({ conditions: all, health, sync }: Fleet): string {
  if (numberOf(all, 'failed') > 0) return 'failed'
  if (numberOf(health, 'ailing') > 0) return 'ailing'
  if (numberOf(sync, 'behind') > 0) return 'behind'
  return numberOf(all, 'inactive') > 0 ? 'inactive' : 'in-sync'
}

/** Parts with a dot between, in lines that are not too long. */
function wrapped(parts: readonly string[], width: number): readonly string[] {
  const lines: string[] = []
  for (const part of parts.map((one) => cut(one, width))) {
    const last = lines.at(-1)
    if (last !== undefined && [...last].length + [...part].length + 3 <= width)
      lines[lines.length - 1] = `${last} · ${part}`
    else lines.push(part)
  }
  return lines
}

/** Words in lines that are not too long, at most three. */
function filled(text: string, width: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && [...last].length + [...word].length + 1 <= width)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(cut(word, width))
  }
  return lines.length <= 3 ? lines : [...lines.slice(0, 2), cut(`${lines[2]} …`, width)]
}

/** At most so many characters. */
function cut(text: string, width: number): string {
  const characters = [...text]
  return characters.length <= width ? text : `${characters.slice(0, width - 1).join('')}…`
}

function empty({ enrollments, push }: Fleet, colours: Colours): readonly string[] {
  const expected = numberOf(enrollments, 'expected')
  const who = expected === 0 ? '' : `; ${expected} expected`
  return [
    colours.bold(`Nobody has enrolled yet${who}`),
    '',
    'Begin with one of these:',
    `${INDENT}edict enroll invite              a link that enrolls the device that opens it`,
    `${INDENT}edict automated expect SERIAL    let a device enroll by itself`,
    `${INDENT}edict simulate --invitation URL  a simulated iPad: URL is what invite prints`,
    ...(push.certificate === null
      ? [`${INDENT}edict push-certificate request   the certificate that wakes real devices`]
      : []),
  ]
}
