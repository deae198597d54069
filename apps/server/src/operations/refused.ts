import type { Problem } from '@edict/core'

/** A write of an administrator that is not done, and why. Nothing has been changed. */
export class Refused extends Error {
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    super(problems[0]?.message ?? 'Cannot make this change')
    this.problems = problems
  }
}

/** What was planned on is no longer so. */
export class RevisionMoved extends Error {
  readonly found: number
  readonly expected: number

  constructor(planned: number, current: number) {
    super(`Cannot commit on revision ${planned}: it is ${current} now`)
    this.found = planned
    this.expected = current
  }
}
