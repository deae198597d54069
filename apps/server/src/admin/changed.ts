import type { EndpointName } from '@edict/api'
import type { Problem } from '@edict/core'
import type { Committed } from '../operations/commit.ts'
import type { AdminRequest } from './request.ts'
import { placedIn } from './written.ts'

/** The part of an answer that every planned write has; the new revision is its ETag. */
export function changed(committed: Committed, { reply, raw }: Pick<AdminRequest<EndpointName>, 'reply' | 'raw'>) {
  reply.header('etag', `"${committed.revision}"`)
  const { revision, effects } = committed
  return {
    revision,
    problems: committed.problems.map(placedIn(raw)).map(shownProblem),
    effects: { ...effects, declarations: [...effects.declarations] },
  }
}

/** A problem as the contract has it. */
export function shownProblem({ by, ...problem }: Problem) {
  return by === undefined ? problem : { ...problem, by: [...by] }
}
