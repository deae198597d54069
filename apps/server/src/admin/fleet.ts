import type { EndpointResponse } from '@edict/api'
import { nearest } from '@edict/catalogue'
import { type Enrollment, fleetWord, fleetWords } from '@edict/core'
import { fleetGlance } from '../fleet/fleet-glance.ts'
import { fleetList } from '../fleet/fleet-list.ts'
import type { Glance } from '../fleet/glance.ts'
import { moment, momentOrNull } from './moment.ts'
import { decodeCursor, encodeCursor, limitOf } from './paging.ts'
import { AdminError } from './problem.ts'
import type { Handlers } from './request.ts'

export const fleetHandlers: Handlers<'get-fleet' | 'list-fleet'> = {
  'get-fleet': async (_request, services) => shown(await services.glance(() => fleetGlance(services))),

  'list-fleet': async ({ params: { what }, query: { cursor, limit } }, services) => {
    const word = fleetWord(what)
    if (word === undefined) throw unknownNumber(what)
    const from = decodeCursor(cursor)
    const { items, next } = await fleetList(word, from, limitOf(limit), services)
    const lines = items.map(({ declaration, since, ...line }) => ({
      ...line,
      declaration: declaration === undefined ? null : { ...declaration },
      since: momentOrNull(since),
    }))
    return { items: lines, next: next === null ? null : encodeCursor(next) }
  },
}

function unknownNumber(found: string): AdminError {
  const near = nearest(found, fleetWords)
  const meant = near === undefined ? '' : `; the nearest is ${near}`
  return new AdminError('number-unknown', `Cannot list ${found}: no number of the fleet is called that${meant}`, {
    at: '/params/what',
    found,
    expected: fleetWords.join(', '),
    remedy: 'look at GET /api/v1/fleet: each number says by which word it is listed',
  })
}

function shown(glance: Glance): EndpointResponse<'get-fleet'> {
  const { at, changes, reasons, push, identities, silence, causes, ...numbers } = glance
  return {
    ...numbers,
    at: moment(at),
    changes: changes.map(({ revision, behind, inSync, since, made }) => ({
      revision,
      at: momentOrNull(made?.at),
      actor: made?.actor ?? null,
      action: made?.action ?? null,
      target: made?.target ?? null,
      behind: { what: `behind:${revision}`, count: behind },
      inSync: { what: `in-sync:${revision}`, count: inSync },
      since: momentOrNull(since),
    })),
    reasons: reasons.map(({ word, declarations, ...reason }) => ({ what: word, count: declarations, ...reason })),
    causes,
    push: {
      ...push,
      certificate: push.certificate && { ...push.certificate, expiresAt: moment(push.certificate.expiresAt) },
      resting: push.resting.map(({ since, nextTryAt, ...topic }) => ({
        ...topic,
        since: moment(since),
        nextTryAt: moment(nextTryAt),
      })),
    },
    identities: {
      ...identities,
      authorities: identities.authorities.map(({ expiresAt, ...one }) => ({ ...one, expiresAt: moment(expiresAt) })),
    },
    silence: { ...silence, longest: silence.longest.map(silent) },
  }
}

function silent({ id, lastSeenAt, enrolledAt, facts }: Enrollment) {
  return {
    enrollment: id,
    since: momentOrNull(lastSeenAt ?? enrolledAt),
    productName: facts.productName ?? null,
    deviceName: facts.deviceName ?? null,
  }
}
