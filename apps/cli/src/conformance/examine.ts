import { UnreachableError } from '../failure.ts'
import type { Check, Flaw, Group, Severity } from './check.ts'
import { checks } from './checks.ts'
import { type Evidence, evidenceOf } from './evidence.ts'
import { Exam, type ExamOptions } from './exam.ts'
import { NotAskable } from './not-askable.ts'

export type Outcome = 'pass' | 'fail' | 'warn' | 'skipped'

/** What became of one check. */
export interface Result {
  readonly code: string
  readonly group: Group
  readonly severity: Severity
  readonly must: string
  readonly source: string
  readonly outcome: Outcome
  /** Why it was skipped, and what to do; null where it was not. */
  readonly skipped: string | null
  readonly flaws: readonly { readonly found: string; readonly severity: Severity; readonly evidence: Evidence | null }[]
  readonly seconds: number
}

/** Flaws of one check that are told; a server that makes one mistake often makes it everywhere. */
const MOST_FLAWS = 10

/** What is examined, and who hears of it. */
export interface Examination {
  /** Codes of the checks to make; all when absent or empty. */
  readonly only?: readonly string[]
  /** Ends it between two checks. */
  readonly signal?: AbortSignal
  /** A check begins: the how manieth of how many. */
  readonly begins?: (check: Check, number: number, of: number) => void
  /** Its result is there. */
  readonly ends?: (result: Result) => void
}

/**
 * Examines a server, one check after the other.
 * @throws UnreachableError when the first message gets no answer
 */
export async function examine(options: ExamOptions, examination: Examination = {}): Promise<readonly Result[]> {
  const { only = [], signal, begins = () => {}, ends = () => {} } = examination
  const exam = new Exam(options)
  const { authenticate } = await exam.enrollment()
  if (authenticate.came === null)
    throw new UnreachableError(`Cannot examine ${options.who.checkInUrl}: it gives no answer (${authenticate.failure})`)
  const wanted = checks.filter(({ code }) => only.length === 0 || only.includes(code))
  const results: Result[] = []
  for (const check of wanted) {
    signal?.throwIfAborted()
    begins(check, results.length + 1, wanted.length)
    const result = await made(check, exam)
    results.push(result)
    ends(result)
  }
  return results
}

async function made(check: Check, exam: Exam): Promise<Result> {
  const { code, group, severity, must, source } = check
  const began = performance.now()
  const result = (outcome: Outcome, flaws: Result['flaws'], skipped: string | null = null): Result => {
    const seconds = (performance.now() - began) / 1000
    return { code, group, severity, must, source, outcome, skipped, flaws, seconds }
  }
  try {
    const flaws = check.judge(await check.ask(exam))
    return result(
      outcomeOf(flaws, severity),
      flaws.slice(0, MOST_FLAWS).map((flaw) => toldOf(flaw, severity)),
    )
  } catch (error) {
    if (!(error instanceof NotAskable)) throw error
    return result('skipped', [], error.message)
  }
}

function outcomeOf(flaws: readonly Flaw[], severity: Severity): Outcome {
  if (flaws.length === 0) return 'pass'
  return flaws.some((flaw) => (flaw.severity ?? severity) === 'error') ? 'fail' : 'warn'
}

function toldOf({ found, exchange, severity: own }: Flaw, severity: Severity): Result['flaws'][number] {
  return { found, severity: own ?? severity, evidence: exchange === undefined ? null : evidenceOf(exchange) }
}
