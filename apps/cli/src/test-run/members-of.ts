import type { Declared } from '@edict/core'
import { UsageError } from '../failure.ts'

/** The declarations of a set that a fixture names. Throws a UsageError where there is no such set. */
export function membersOf(set: string, sets: Declared['sets']): readonly string[] {
  const members = sets.get(set)
  if (members !== undefined) return members
  throw new UsageError(`Cannot use set ${set}: there is no such set`, `known are ${[...sets.keys()].join(', ')}`)
}
