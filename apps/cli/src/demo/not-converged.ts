import type { Goal, Missing } from './goal.ts'

/** How far a goal was when the time was up. */
export interface Measured {
  readonly goal: Goal
  readonly missing: readonly Missing[]
}

/** The time was up before everything was as it should be. */
export class NotConverged extends Error {
  override readonly name = 'NotConverged'
  readonly code = 'not-converged'
  readonly step: string
  readonly measured: readonly Measured[]

  constructor(step: string, seconds: number, measured: readonly Measured[]) {
    const open = measured.filter(({ missing }) => missing.length > 0).map(({ goal }) => goal.label)
    super(`Cannot finish within ${seconds} s: "${step}" still waits for ${open.join(', ')}`)
    this.step = step
    this.measured = measured
  }
}

const BAR = 24
const NAMES = 4

/** A picture in text: what is missing, on which channels, and what is there instead. */
export function pictureOf({ message, measured }: NotConverged): readonly string[] {
  return [message, ...measured.filter(({ missing }) => missing.length > 0).flatMap(goalLines)]
}

function goalLines({ goal, missing }: Measured): readonly string[] {
  const total = goal.of.length
  const count = total - missing.length
  const done = Math.floor((count / total) * BAR)
  const found = Map.groupBy(missing, (one) => one.found)
  return [
    `  ${'█'.repeat(done)}${'░'.repeat(BAR - done)} ${count}/${total}  ${goal.label}`,
    ...[...found].map(([text, all]) => `    ${text}: ${namesOf(all)}`),
  ]
}

function namesOf(missing: readonly Missing[]): string {
  const names = missing.slice(0, NAMES).map(({ channel }) => `${channel.label} (${channel.id})`)
  const more = missing.length - names.length
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ')
}
