import { eventTypes } from '@edict/api'
import { lastEventId, streamEvents } from './event-stream.ts'
import { moment } from './moment.ts'
import { AdminError } from './problem.ts'
import type { Handlers } from './request.ts'

const PAGE = 500
/** How long nothing is looked for when nobody says that there is something. */
const QUIET = 1_000

export const eventHandlers: Handlers<'follow-events'> = {
  'follow-events': async ({ query, raw, reply }, services) => {
    const types = wantedTypes(query.types)
    const { store } = services
    const source = {
      from: lastEventId(raw) ?? (await store.scan.lastEvent()),
      quiet: QUIET,
      // In order, each once: the store never shows a smaller number after a larger one.
      next: async (after: number) => {
        const found = await store.scan.events(after, PAGE)
        const wanted = found.filter(({ type }) => types === null || types.has(type))
        return {
          events: wanted.map(({ sequence, type, at, data }) => ({
            id: sequence,
            event: type,
            data: { type, at: moment(at), ...data },
          })),
          last: found.at(-1)?.sequence ?? after,
          more: found.length === PAGE,
        }
      },
      onNews: (listener: () => void) => store.onCommit((what) => what === 'events' && listener()),
    }
    streamEvents(reply, source, services)
    return undefined
  },
}

function wantedTypes(list: string | undefined): ReadonlySet<string> | null {
  if (list === undefined || list === '') return null
  const types = list.split(',').map((type) => type.trim())
  const unknown = types.find((type) => !Object.hasOwn(eventTypes, type))
  if (unknown === undefined) return new Set(types)
  const expected = Object.keys(eventTypes).join(', ')
  throw new AdminError('request-malformed', `Cannot follow ${unknown}: there is no such event`, {
    at: '/query/types',
    found: unknown,
    expected,
  })
}
