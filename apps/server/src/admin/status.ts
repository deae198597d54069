import { mustBeKnown } from '../operations/must-be-enrolled.ts'
import { answered, itemsOf, knowledgeOf } from './answered.ts'
import type { Handlers } from './request.ts'

export const statusHandlers: Handlers<'get-status'> = {
  'get-status': async ({ params }, services) => {
    const channel = await mustBeKnown(services.store.read, params.id)
    const known = await knowledgeOf(channel, services)
    const stored = new Map((await services.store.read.items(params.id)).map((item) => [item.name, item]))
    const names = new Set([
      ...stored.keys(),
      ...known.subscribed,
      ...(known.capabilities?.statusItems ?? []),
      ...itemsOf(channel),
    ])
    const items = [...names]
      .sort()
      .map((name) => [name, answered(name, stored.get(name), channel, known, services.now())] as const)
    return { enrollment: params.id, items: Object.fromEntries(items) }
  },
}
