import type { EndpointName } from '@edict/api'
import type { Problem } from '@edict/core'
import type { Committed } from '../operations/commit.ts'
import type { AdminRequest } from './request.ts'

/** The part of an answer that every planned write has; the new revision is its ETag. */
export function changed(committed: Committed, { reply }: Pick<AdminRequest<EndpointName>, 'reply'>) {
  reply.header('etag', `"${committed.revision}"`)
  const { revision, effects } = committed
  return {
    revision,
    problems: committed.problems.map(shown),
    effects: { ...effects, declarations: [...effects.declarations] },
  }
}

function shown({ by, ...problem }: Problem) {
  return by === undefined ? problem : { ...problem, by: [...by] }
}
