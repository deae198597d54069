import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from '../client.ts'
import type { Goal } from './goal.ts'
import { look } from './look.ts'
import { type Measured, NotConverged } from './not-converged.ts'
import type { Screen } from './screen.ts'

/** What every step is done with. */
export interface Stage {
  /** For reading; what is written goes through `Writer`, which counts. */
  readonly client: Client
  readonly screen: Screen
  readonly signal: AbortSignal
  /** Seconds the whole demo may take, and when it began, in milliseconds of `performance.now`. */
  readonly deadline: number
  readonly begun: number
}

/** Milliseconds between two looks; each asks the server for every channel. */
const PACE = 250

/**
 * Looks again and again, and shows how far the goals are, until all are reached.
 *
 * @throws NotConverged when the time is up
 */
export async function reach(step: string, goals: readonly Goal[], stage: Stage): Promise<void> {
  const { client, screen, signal, deadline, begun } = stage
  const from = performance.now()
  const reachedAfter = new Map<Goal, number>()
  let before: readonly Measured[] = []
  for (;;) {
    const now = look(client)
    const measured = await Promise.all(goals.map(async (goal) => ({ goal, missing: await goal.measure(now) })))
    const rows = measured.map(({ goal, missing }) => {
      const reached = missing.length === 0
      if (reached && !reachedAfter.has(goal)) reachedAfter.set(goal, (performance.now() - from) / 1000)
      const after = reached ? (reachedAfter.get(goal) ?? null) : null
      return { label: goal.label, count: goal.of.length - missing.length, total: goal.of.length, after }
    })
    screen.rows(rows, newsOf(before, measured))
    if (measured.every(({ missing }) => missing.length === 0)) return screen.settle()
    if (performance.now() - begun >= deadline * 1000) {
      screen.settle()
      throw new NotConverged(step, deadline, measured)
    }
    before = measured
    await sleep(PACE, undefined, { signal })
  }
}

/** One channel that got somewhere since the last look. */
function newsOf(before: readonly Measured[], after: readonly Measured[]): string | undefined {
  for (const { goal, missing } of after) {
    const open = new Set(missing.map(({ channel }) => channel))
    const was = before.find((one) => one.goal === goal)?.missing ?? []
    const arrived = was.find(({ channel }) => !open.has(channel))
    if (arrived !== undefined) return `${arrived.channel.label}: ${goal.label}`
  }
  return undefined
}
