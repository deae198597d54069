import DataLoader from 'dataloader'
import { channel, channelsByIds } from './channels.ts'
import type { Session } from './dialect/dialect.ts'
import type { Channel } from './store.ts'

/**
 * Reads a channel by id. Those asked for within one turn of the event loop are read by one statement, as their devices'
 * requests came in together: a row among others costs a tenth of a row by itself, and on PostgreSQL they share a round
 * trip. Nothing is remembered from one turn to the next.
 *
 * @throws StoreUnavailable, each that was asked for with the others
 */
export function channelsTogether(session: Session): (id: string) => Promise<Channel | undefined> {
  const loader = new DataLoader<string, Channel | undefined>(
    async (ids) => {
      const [first] = ids
      if (first !== undefined && ids.length === 1) return [await channel(session, first)]
      const found = new Map((await channelsByIds(session, ids)).map((one) => [one.enrollment.id, one]))
      return ids.map((id) => found.get(id))
    },
    { cache: false, maxBatchSize: 500, batchScheduleFn: (read) => setImmediate(read) },
  )
  return (id) => loader.load(id)
}
