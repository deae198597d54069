import type { Instant } from '../instant.ts'
import type { Diagnosis } from './diagnose.ts'
import type { Stage } from './stage.ts'

/** In the place of a cause's code: nothing is wrong. */
export const HEALTHY = 'healthy'

/** In the place of a cause's code: something is wrong, and no cause fits. */
export const UNEXPLAINED = 'unexplained'

/** What one look at a channel found. */
export interface Verdict {
  /** Of the best explanation; {@link HEALTHY} or {@link UNEXPLAINED} where there is none. */
  readonly code: string
  readonly stage: Stage
  /** It will not look otherwise in a moment: proven, reported in force, or nobody has said anything for a while. */
  readonly certain: boolean
}

/** What counts as the diagnosis of a channel over time. */
export interface Standing {
  /** Null until something does. */
  readonly counts: { readonly code: string; readonly stage: Stage; readonly since: Instant } | null
  /** What was found last, when it is something else that does not count yet. */
  readonly found: { readonly code: string; readonly since: Instant } | null
}

/** After so long without a word nothing is under way any more: a device that reports has done so. */
export const QUIET = 90_000

/** What a device that is never quiet is found to have counts after so long. */
export const LASTING = 10 * 60_000

/** What counts does so for at least as long. */
export const DWELL = 2 * 60_000

/** A diagnosis in one word: the code of its best explanation, or what stands in the place of one. */
export function codeOf({ healthy, causes }: Pick<Diagnosis, 'healthy' | 'causes'>): string {
  return healthy ? HEALTHY : (causes.find(({ harmless }) => harmless !== true)?.code ?? UNEXPLAINED)
}

/**
 * @param saidAt when channel and server last said something; null when never
 * @returns the diagnosis in one word, and whether it is certain
 */
export function verdictOf(diagnosis: Diagnosis, saidAt: Instant | null, now: Instant): Verdict {
  const { stage, healthy, causes } = diagnosis
  const best = causes.find(({ harmless }) => harmless !== true)
  const decided = healthy ? stage === 'in-force' : best?.weight === 'proven'
  return {
    code: codeOf(diagnosis),
    stage,
    certain: decided || saidAt === null || now - saidAt >= QUIET,
  }
}

/**
 * What counts after a look. A verdict counts when it is certain, or has been the same at every look for {@link LASTING}; and not before what
 * counts has done so for {@link DWELL}: a channel that goes to and fro does not flood those who follow.
 */
export function settle({ counts, found }: Standing, { code, stage, certain }: Verdict, now: Instant): Standing {
  if (counts?.code === code) return { counts: { ...counts, stage }, found: null }
  const since = found?.code === code ? found.since : now
  const isRipe = certain || now - since >= LASTING
  const mayChange = counts === null || now - counts.since >= DWELL
  if (isRipe && mayChange) return { counts: { code, stage, since }, found: null }
  return { counts, found: { code, since } }
}

/**
 * When a channel is to be looked at again though nothing more is said: at the first moment at which a verdict may be another one.
 *
 * @param patience after how long without a word a cause may say something else, in milliseconds
 * @returns null when time alone changes nothing more
 */
export function nextLook(
  { counts, found }: Standing,
  saidAt: Instant | null,
  patience: readonly number[],
  now: Instant,
): Instant | null {
  const moments = [
    ...(saidAt === null ? [] : [QUIET, ...patience].map((wait) => saidAt + wait)),
    ...(found === null ? [] : [found.since + LASTING]),
    ...(found === null || counts === null ? [] : [counts.since + DWELL]),
  ].filter((moment) => moment > now)
  return moments.length === 0 ? null : Math.min(...moments)
}
