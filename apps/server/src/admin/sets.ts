import type { Declared } from '@edict/core'
import { impliedBy } from '@edict/core'
import type { Reads } from '@edict/store'
import { commitEdit } from '../operations/commit.ts'
import { deleteSet } from '../operations/delete-set.ts'
import { changed } from './changed.ts'
import { pageOf } from './paging.ts'
import { AdminError } from './problem.ts'
import type { Handlers } from './request.ts'

export const setHandlers: Handlers<'list-sets' | 'put-set' | 'get-set' | 'delete-set'> = {
  'list-sets': async ({ query }, { store }) => {
    const declared = await store.read.declared()
    const page = pageOf([...declared.sets.keys()].sort(), (name) => name, query)
    return { items: await Promise.all(page.items.map((name) => resource(store.read, declared, name))), next: page.next }
  },

  'put-set': async (request, services) => {
    const { name } = request.params
    const { override } = request.query
    const { declarations } = request.body
    const edit = { kind: 'put-set', name, declarations, override: override !== undefined } as const
    const committed = await commitEdit(edit, { ...request.write, override }, services)
    return { ...changed(committed, request), set: await resource(services.store.read, committed.declared, name) }
  },

  'get-set': async ({ params, reply }, { store }) => {
    const declared = await store.read.declared()
    reply.header('etag', `"${declared.revision}"`)
    return resource(store.read, declared, params.name)
  },

  'delete-set': async (request, services) =>
    changed(await deleteSet(request.params.name, request.write, services), request),
}

async function resource(reads: Reads, declared: Declared, name: string) {
  const declarations = declared.sets.get(name)
  if (declarations === undefined) {
    throw new AdminError('set-missing', `Cannot find set ${name}`, {
      found: name,
      remedy: 'look at the list of sets for the right name',
    })
  }
  return {
    name,
    declarations: [...declarations],
    implied: [...impliedBy(declarations, declared)],
    usedBy: {
      groups: [...declared.groups].filter(([, given]) => given.some(({ set }) => set === name)).map(([group]) => group),
      enrollments: (await reads.enrollmentsWithSet(name)).length,
    },
  }
}
