import { mustBeKnown } from '../operations/must-be-enrolled.ts'
import { putProperties } from '../operations/put-properties.ts'
import { changed } from './changed.ts'
import type { Handlers } from './request.ts'

export const propertyHandlers: Handlers<'put-properties' | 'get-properties' | 'post-properties'> = {
  'put-properties': async (request, services) => {
    const { id } = request.params
    const committed = await putProperties([{ enrollment: id, properties: request.body }], request.write, services)
    return { ...changed(committed, request), properties: request.body }
  },

  'get-properties': async ({ params, reply }, { store }) => {
    await mustBeKnown(store.read, params.id)
    reply.header('etag', `"${await store.read.revision()}"`)
    return { enrollment: params.id, properties: await store.read.properties(params.id) }
  },

  'post-properties': async (request, services) =>
    changed(await putProperties(request.body.items, request.write, services), request),
}
