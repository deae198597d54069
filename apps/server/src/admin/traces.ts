import type { EndpointResponse } from '@edict/api'
import { declarationsToken, type TraceEntry } from '@edict/core'
import { withPairs } from '../operations/diagnose-channel.ts'
import { mustBeKnown } from '../operations/must-be-enrolled.ts'
import type { Services } from '../services.ts'
import { asksForEvents, lastEventId, streamEvents } from './event-stream.ts'
import { moment } from './moment.ts'
import type { Handlers } from './request.ts'

const PAGE = 500
/** Entries come in the fifth of a second in which they are written; looking for them is one indexed read. */
const QUIET = 500

export const traceHandlers: Handlers<'get-trace'> = {
  'get-trace': async (
    { params: { id }, query: { before = null, after, limit = 100, bodies = false }, raw, reply },
    services,
  ) => {
    const { store, tracer, now } = services
    const { common, enrollment } = await mustBeKnown(store.read, id)
    await tracer.flush()
    const { read } = store
    if (!asksForEvents(raw)) {
      const said = after === undefined ? await read.trace(id, before, limit) : await read.traceAfter(id, after, limit)
      const items = await entryResources(id, said, bodies, services)
      return { enrollment: id, at: moment(now()), wanted: declarationsToken(common, enrollment), items }
    }
    const [first] = await read.trace(id, before, limit)
    const next = async (from: number) => {
      const said = await read.traceAfter(id, from, PAGE)
      return {
        events: (await entryResources(id, said, bodies, services)).map((data) => ({
          id: data.entry,
          event: 'said',
          data,
        })),
        last: said.at(-1)?.entry ?? from,
        more: said.length === PAGE,
      }
    }
    streamEvents(reply, { from: lastEventId(raw) ?? after ?? (first?.entry ?? 1) - 1, quiet: QUIET, next }, services)
    return undefined
  },
}

type TraceItem = EndpointResponse<'get-trace'>['items'][number]

/** Entries as they are shown: manifests with what they list, and each with its bodies where those are asked for and kept. */
async function entryResources(
  id: string,
  said: readonly TraceEntry[],
  bodies: boolean,
  services: Pick<Services, 'store' | 'manifests'>,
): Promise<TraceItem[]> {
  const items = (await withPairs(said, services)).map(entryResource)
  const [first, last] = [said.at(0), said.at(-1)]
  if (!bodies || first === undefined || last === undefined) return items
  const kept = await services.store.read.traceBodies(id, first.entry, last.entry)
  return items.map((item) => (kept.has(item.entry) ? { ...item, bodies: kept.get(item.entry) } : item))
}

function entryResource({ at, ...entry }: TraceEntry): TraceItem {
  return { ...entry, at: moment(at) } as TraceItem
}
