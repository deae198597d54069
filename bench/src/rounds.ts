import type { Bench } from './benchmark.ts'

/** What is measured of one subject in one round. */
export type Sample = Readonly<Record<string, number>>

/**
 * Measures subjects in turns, so that what else the machine does meets all of them, and gives the median of each measure.
 * Every other round goes backwards.
 *
 * @param rounds how many; a difference that is small beside what it is a difference of needs more of them
 */
export async function interleaved<Subject extends string, S extends Sample>(
  { quick, say }: Pick<Bench, 'quick' | 'say'>,
  subjects: Readonly<Record<Subject, (round: number) => Promise<S>>>,
  rounds = quick ? 3 : 5,
): Promise<Readonly<Record<Subject, S>>> {
  const names = Object.keys(subjects) as Subject[]
  const samples = new Map<Subject, S[]>(names.map((name) => [name, []]))
  for (let round = 1; round <= rounds; round += 1) {
    say(`round ${round} of ${rounds}`)
    for (const name of round % 2 === 1 ? names : names.toReversed()) {
      samples.get(name)?.push(await subjects[name](round))
    }
  }
  return Object.fromEntries(names.map((name) => [name, medians(samples.get(name) ?? [])])) as Record<Subject, S>
}

function medians<S extends Sample>(samples: readonly S[]): S {
  const [first] = samples
  if (first === undefined) throw new Error('Cannot take a median: nothing was measured')
  const entries = Object.keys(first).map((key) => [key, median(samples.map((sample) => sample[key] ?? Number.NaN))])
  return Object.fromEntries(entries) as S
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** @param share 0.99 for the value that 99 of 100 do not exceed */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
  if (value === undefined) throw new Error('Cannot take a quantile: nothing was measured')
  return value
}
