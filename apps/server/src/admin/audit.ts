import { moment } from './moment.ts'
import { decodeNumber, encodeCursor, limitOf } from './paging.ts'
import type { Handlers } from './request.ts'

export const auditHandlers: Handlers<'list-audit'> = {
  'list-audit': async ({ query }, { store }) => {
    const page = await store.scan.audit(decodeNumber(query.cursor), limitOf(query.limit))
    return {
      items: page.items.map(({ sequence, at, actor, action, target, revision, detail }) => ({
        id: String(sequence),
        at: moment(at),
        actor,
        action,
        target,
        revision: revision === 0 ? null : revision,
        detail,
      })),
      next: page.next === null ? null : encodeCursor(page.next),
    }
  },
}
