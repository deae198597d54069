import type { Settings } from '@edict/core'
import { commitEdit } from '../operations/commit.ts'
import { changed } from './changed.ts'
import type { Handlers } from './request.ts'

export const settingsHandlers: Handlers<'get-settings' | 'put-settings'> = {
  'get-settings': async ({ reply }, { store }) => {
    const { settings, revision } = await store.read.declared()
    reply.header('etag', `"${revision}"`)
    return structuredClone(settings)
  },

  'put-settings': async (request, services) => {
    const settings = request.body as Settings
    const committed = await commitEdit({ kind: 'put-settings', settings }, request.write, services)
    return { ...changed(committed, request), settings: structuredClone(committed.declared.settings) }
  },
}
