import type { Declared } from '@edict/core'
import type { Reads } from '@edict/store'
import { commitEdit } from '../operations/commit.ts'
import { deleteGroup } from '../operations/delete-group.ts'
import { putGroup } from '../operations/put-group.ts'
import { changed } from './changed.ts'
import { pageOf } from './paging.ts'
import { AdminError } from './problem.ts'
import type { Handlers } from './request.ts'

type Names = 'list-groups' | 'put-group' | 'get-group' | 'delete-group' | 'put-group-set' | 'delete-group-set'

export const groupHandlers: Handlers<Names> = {
  'list-groups': async ({ query }, { store }) => {
    const declared = await store.read.declared()
    const page = pageOf([...declared.groups.keys()].sort(), (name) => name, query)
    return { items: await Promise.all(page.items.map((name) => summary(store.read, declared, name))), next: page.next }
  },

  'put-group': async (request, services) => {
    const { name } = request.params
    const committed = await putGroup(name, request.body.enrollments, request.write, services)
    return { ...changed(committed, request), group: await summary(services.store.read, committed.declared, name) }
  },

  'get-group': async ({ params, reply }, { store }) => {
    const declared = await store.read.declared()
    reply.header('etag', `"${declared.revision}"`)
    return {
      ...(await summary(store.read, declared, params.name)),
      enrollments: [...(await store.read.groupMembers(params.name))],
    }
  },

  'delete-group': async (request, services) =>
    changed(await deleteGroup(request.params.name, request.write, services), request),

  'put-group-set': async (request, services) => {
    const { name, set } = request.params
    const { channel = 'own', exclude = false } = request.body ?? {}
    const edit = { kind: 'assign-group', group: name, assignment: { set, channel, exclude } } as const
    const committed = await commitEdit(edit, request.write, services)
    return { ...changed(committed, request), group: await summary(services.store.read, committed.declared, name) }
  },

  'delete-group-set': async (request, services) => {
    const { name, set } = request.params
    const edit = { kind: 'unassign-group', group: name, set, channel: request.query.channel ?? 'own' } as const
    const committed = await commitEdit(edit, request.write, services)
    return { ...changed(committed, request), group: await summary(services.store.read, committed.declared, name) }
  },
}

async function summary(reads: Reads, declared: Declared, name: string) {
  const sets = declared.groups.get(name)
  if (sets === undefined) {
    throw new AdminError('group-missing', `Cannot find group ${name}`, {
      found: name,
      remedy: 'look at the list of groups for the right name',
    })
  }
  return { name, size: (await reads.groupMembers(name)).length, sets: [...sets] }
}
