import fc from 'fast-check'
import { expect } from 'vitest'
import type { Tally } from './agree.ts'
import { type Generated, generated } from './generated.ts'

/** Generates so many scenes, expects no contradiction in any, and says how much of the predictions was definite. */
export async function definiteShare(
  tangled: boolean,
  runs: number,
  compare: (one: Generated) => Promise<Tally>,
): Promise<number> {
  const total = { definite: 0, all: 0 }
  const scene = fc.asyncProperty(generated(tangled), async (one) => {
    const { contradictions, definite, all } = await compare(one)
    expect(contradictions).toEqual([])
    total.definite += definite
    total.all += all
  })
  await fc.assert(scene, { numRuns: runs })
  return total.definite / total.all
}
