import { channel, channelsByIds } from './channels.ts'
import type { Session } from './dialect/dialect.ts'
import type { Channel } from './store.ts'
import { together } from './together.ts'

/**
 * Reads a channel by id, with those that are asked for at the same time by one statement: a row among others costs a tenth of a row
 * by itself, and on PostgreSQL they share a round trip.
 *
 * @throws StoreUnavailable, each that was asked for with the others
 */
export function channelsTogether(session: Session): (id: string) => Promise<Channel | undefined> {
  return together(
    (id) => channel(session, id),
    async (ids) => new Map((await channelsByIds(session, ids)).map((one) => [one.enrollment.id, one])),
  )
}
