import type { WireProblem } from '../wire/wire-problem.ts'
import { answersTo } from './answers.ts'
import { type Cause, type Suspicion, weights } from './cause.ts'
import { causes } from './causes.ts'
import type { Finding } from './finding.ts'
import { type Beside, type History, historyOf } from './history.ts'
import { nameOf } from './look.ts'
import { type Stage, stageOf } from './stage.ts'
import type { TraceEntry } from './trace-entry.ts'

/** A cause with what speaks for it; rank 1 is the best explanation. */
export interface RankedCause extends Omit<Cause, 'suspect' | 'patience'>, Omit<Suspicion, 'remedy'> {
  readonly rank: number
}

/** Why a channel is where it is. */
export interface Diagnosis {
  readonly stage: Stage
  /** Nothing is wrong, as far as the record goes. */
  readonly healthy: boolean
  readonly causes: readonly RankedCause[]
  readonly findings: readonly Finding[]
}

/** Findings of one record, at most. */
const MOST_FINDINGS = 200

/**
 * Explains what one channel and its server said to each other: where the synchronization stands, and what may be the cause.
 *
 * @param said in the order in which it was said
 * @param beside when that is looked at: what is still allowed to take its time is not blamed (absent: nobody waits any more); and
 * what the channel should have
 */
export function diagnose(said: readonly TraceEntry[], beside: Beside = {}): Diagnosis {
  const history = historyOf(said, beside)
  const stage = stageOf(history)
  const suspicions = causes.flatMap((cause) => {
    const suspicion = cause.suspect(history, stage)
    return suspicion === null ? [] : [{ cause, suspicion }]
  })
  const ranked = suspicions
    .filter(({ suspicion }) => stage !== 'in-force' || suspicion.weight === 'proven')
    .toSorted((a, b) => weights.indexOf(a.suspicion.weight) - weights.indexOf(b.suspicion.weight))
    .map(({ cause: { code, number, basis, summary, remedy }, suspicion }, index) => ({
      rank: index + 1,
      code,
      number,
      basis,
      summary,
      remedy,
      ...suspicion,
    }))
  const harmless = ranked.every((one) => one.harmless === true)
  return {
    stage,
    healthy: history.all.length > 0 && harmless && (stage === 'in-force' || ranked.length > 0),
    causes: ranked,
    findings: [...answersTo(history, stage), ...flaws(history)].slice(0, MOST_FINDINGS),
  }
}

function flaws({ all }: History): readonly Finding[] {
  return all.flatMap((one) => {
    const found = one.kind === 'command' ? one.flaws : 'answer' in one ? one.answer.flaws : []
    return found.map((flaw) => findingOf(one, flaw))
  })
}

function findingOf(one: TraceEntry, { code, severity, message, at, remedy }: WireProblem): Finding {
  return {
    code,
    severity,
    message: `${nameOf(one)}: ${message}`,
    entry: one.entry,
    ...(at === '' ? {} : { at }),
    ...(remedy === undefined ? {} : { remedy }),
  }
}
