import { declarationsToken, servedFrom, wantedSince } from '@edict/core'
import { assign } from '../operations/assign.ts'
import { conditionsOf } from '../operations/conditions.ts'
import { exportEnrollments } from '../operations/export-enrollments.ts'
import { importEnrollments } from '../operations/import-enrollments.ts'
import { moveTo } from '../operations/move-to.ts'
import { mustBeKnown } from '../operations/must-be-enrolled.ts'
import { nudge } from '../operations/nudge.ts'
import { revokeEnrollment } from '../operations/revoke-enrollment.ts'
import { unassign } from '../operations/unassign.ts'
import type { Services } from '../services.ts'
import { changed } from './changed.ts'
import { conditionResource } from './condition-resource.ts'
import { enrollmentResource, enrollmentSummary } from './enrollment-resource.ts'
import { moment } from './moment.ts'
import { decodeCursor, encodeCursor, limitOf } from './paging.ts'
import type { Handlers } from './request.ts'

type Names =
  | 'list-enrollments'
  | 'get-enrollment'
  | 'import-enrollments'
  | 'export-enrollments'
  | 'put-enrollment-set'
  | 'delete-enrollment-set'
  | 'move-enrollment'
  | 'get-conditions'
  | 'get-manifest'
  | 'nudge-enrollment'
  | 'resync-enrollment'
  | 'revoke-enrollment'

export const enrollmentHandlers: Handlers<Names> = {
  'list-enrollments': async ({ query }, { store, now, reach }) => {
    const { cursor, limit, ...filter } = query
    const page = await store.scan.enrollments(filter, decodeCursor(cursor), limitOf(limit))
    return {
      items: page.items.map((channel) => enrollmentSummary(channel, now(), reach)),
      next: page.next === null ? null : encodeCursor(page.next),
    }
  },

  'get-enrollment': async ({ params, reply }, services) => {
    reply.header('etag', `"${await services.store.read.revision()}"`)
    return resource(params.id, services)
  },

  'import-enrollments': async ({ body, write }, services) => {
    const { rows, trustFirstContact = false, wake = false, dryRun = false } = body
    return importEnrollments({ rows, trustFirstContact, wake, dryRun }, write, services)
  },

  'export-enrollments': async ({ query }, services) => {
    const cursor = decodeCursor(query.cursor)
    const { items, next } = await exportEnrollments(cursor, limitOf(query.limit), services)
    return { items: [...items], next: next === null ? null : encodeCursor(next) }
  },

  'put-enrollment-set': async (request, services) => {
    const { id, name: set } = request.params
    const { channel, exclude = false } = request.body ?? {}
    const committed = await assign(id, { set, channel, exclude }, request.write, services)
    return { ...changed(committed, request), enrollment: await resource(id, services) }
  },

  'delete-enrollment-set': async (request, services) => {
    const { id, name } = request.params
    const committed = await unassign(id, name, request.query.channel, request.write, services)
    return { ...changed(committed, request), enrollment: await resource(id, services) }
  },

  'move-enrollment': async (request, services) => {
    const { id, other } = request.params
    const committed = await moveTo(id, other, request.write, services)
    return { ...changed(committed, request), enrollment: await resource(other, services) }
  },

  'get-conditions': async ({ params }, { store, manifests }) => {
    const channel = await mustBeKnown(store.read, params.id)
    const conditions = await conditionsOf(channel, store.read, manifests)
    return {
      enrollment: params.id,
      items: conditions.map(conditionResource),
    }
  },

  'get-manifest': async ({ params }, { store, manifests, now, reach }) => {
    const channel = await mustBeKnown(store.read, params.id)
    const { enrollment } = channel
    const wanted = declarationsToken(channel.common, enrollment)
    const served = await manifests.served(wanted, store.read)
    const { generation } = served
    const own = new Set(generation.ownBodies.map((body) => body.identifier))
    const leftOut = [...((await store.read.cohort(enrollment.cohort))?.leftOut ?? []), ...served.leftOut]
    const summary = enrollmentSummary(channel, now(), reach)
    return {
      enrollment: params.id,
      wanted,
      timestamp: moment(wantedSince(channel.cohortSince, enrollment.since)),
      told: summary.told,
      collected: summary.collected,
      behind: summary.behind,
      items: generation.items.map((item) => ({ ...item, own: own.has(item.identifier) })),
      leftOut: leftOut.map(({ cause, ...item }) => ({ ...item, cause: { ...cause } })),
      answered: [...servedFrom(enrollment.sync)],
    }
  },

  'nudge-enrollment': async ({ params, write }, services) => {
    await nudge(params.id, false, write, services)
    return { enrollment: params.id, wakes: 1 }
  },

  'resync-enrollment': async ({ params, write }, services) => {
    await nudge(params.id, true, write, services)
    return { enrollment: params.id, wakes: 1 }
  },

  'revoke-enrollment': async ({ params, body, write }, services) => {
    return revokeEnrollment(params.id, body?.why ?? 'by command', write, services)
  },
}

async function resource(id: string, { store, now, reach }: Pick<Services, 'store' | 'now' | 'reach'>) {
  return enrollmentResource(await mustBeKnown(store.read, id), store.read, now(), reach)
}
