import type { WireCode, WireProblem } from '../wire/wire-problem.ts'
import { type Observation, type Suspicion, seen } from './cause.ts'
import type { History } from './history.ts'
import type { Stage } from './stage.ts'
import type { Answered, TraceEntry } from './trace-entry.ts'

/** Everything of the attempt that counts whose body the device had to read. */
type Read = Extract<TraceEntry, { readonly kind: 'command' | 'tokens' | 'declaration-items' | 'declaration' }>

/** Where a device stops that cannot read what it was sent. */
const stopsAt: Readonly<Record<Read['kind'], readonly Stage[]>> = {
  command: ['command-not-taken', 'acknowledged-no-tokens'],
  tokens: ['tokens-no-manifest'],
  'declaration-items': ['manifest-nothing-fetched'],
  declaration: ['partly-fetched', 'fetched-no-report', 'reported-not-active'],
}

/** Whether a device that could not read this would stop where this one did. */
function stopsAfter(one: Read, stage: Stage): boolean {
  return stopsAt[one.kind].includes(stage)
}

/** What was sent to the device in the attempt that counts. */
function readIn({ last }: History): readonly Read[] {
  return [last?.command, last?.tokens, last?.manifest, ...(last?.fetches ?? [])].filter((one) => one != null)
}

function flawsIn(one: Read): readonly WireProblem[] {
  return one.kind === 'command' ? one.flaws : one.answer.flaws
}

/**
 * Suspects mistakes in what was sent: proven where the device stopped right there, possible where it went on, for devices differ in
 * what they take.
 */
export function suspectFlaws(
  history: History,
  stage: Stage,
  isMeant: (flaw: WireProblem, one: Read) => boolean,
): Suspicion | null {
  const found = readIn(history).flatMap((one) =>
    flawsIn(one)
      .filter((flaw) => flaw.severity === 'error' && isMeant(flaw, one))
      .map((flaw) => ({ one, flaw })),
  )
  if (found.length === 0) return null
  const stopped = found.some(({ one }) => stopsAfter(one, stage))
  const remedy = found.find(({ flaw }) => flaw.remedy !== undefined)?.flaw.remedy
  return {
    weight: stopped ? 'proven' : 'possible',
    evidence: found.map(({ one, flaw }) => seen(one, `${flaw.message}${flaw.at === '' ? '' : ` (${flaw.at})`}`)),
    ...(stopped ? {} : { decides: 'mend it, and see whether the device goes on' }),
    ...(remedy === undefined ? {} : { remedy }),
  }
}

export function hasCode(...codes: readonly WireCode[]): (flaw: WireProblem) => boolean {
  return ({ code }) => codes.includes(code)
}

/** Suspects what the device said itself: its reasons for a declaration. */
export function suspectReasons(
  { states, reports }: History,
  codes: readonly string[],
  isMeant: (identifier: string) => boolean = () => true,
): Suspicion | null {
  const report = reports.findLast((one) => one.states !== null)
  if (states === null || report === undefined) return null
  const found = states.flatMap(({ identifier, reasons }) =>
    reasons.filter(({ code }) => codes.includes(code) && isMeant(identifier)).map((reason) => ({ identifier, reason })),
  )
  if (found.length === 0) return null
  return { weight: 'proven', evidence: found.map(({ identifier, reason }) => seen(report, said(identifier, reason))) }
}

function said(
  identifier: string,
  { code, description, details }: { readonly code: string; readonly description?: string; readonly details?: unknown },
): string {
  const more = description ?? (details === undefined ? undefined : JSON.stringify(details).slice(0, 300))
  return `the device says ${code} of ${identifier}${more === undefined ? '' : `: ${more}`}`
}

/** What was answered with something else than 200, of the kinds that are asked about. */
export function answers(
  said: readonly TraceEntry[],
  isMeant: (answer: Answered, one: TraceEntry) => boolean,
): readonly TraceEntry[] {
  return said.filter((one) => 'answer' in one && isMeant(one.answer, one))
}

export function statusSeen(one: TraceEntry): Observation {
  const status = 'answer' in one ? one.answer.status : null
  return seen(one, `${nameOf(one)} was answered ${status}`)
}

/** What was asked, for a sentence. */
export function nameOf(one: TraceEntry): string {
  switch (one.kind) {
    case 'push':
      return 'the push'
    case 'command':
      return `the command ${one.requestType}`
    case 'result':
      return `the connection (${one.status})`
    case 'check-in':
      return one.messageType
    case 'declaration':
      return `declaration/${one.declaration}/${one.identifier}`
    case 'asset':
      return `GET ${one.url}`
    case 'enrollment':
      return `the enrollment (${one.what.join(', ')})`
    default:
      return one.kind
  }
}
