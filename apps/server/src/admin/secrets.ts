import type { Secret } from '@edict/store'
import { secretNames } from '../escrow/secret-name.ts'
import { mustBeKnown } from '../operations/must-be-enrolled.ts'
import { readSecret } from '../operations/read-secret.ts'
import { moment } from './moment.ts'
import type { Handlers } from './request.ts'

export const secretHandlers: Handlers<'list-secrets' | 'read-secret'> = {
  'list-secrets': async ({ params }, { store }) => {
    await mustBeKnown(store.read, params.id)
    return { items: (await store.read.secrets(params.id)).flatMap((one) => resource(one) ?? []) }
  },

  'read-secret': async ({ params, body, write, reply }, services) => {
    const { id, name } = params
    const { secret, ...read } = await readSecret(id, { name, period: body?.period }, write, services)
    reply.header('cache-control', 'no-store')
    const { period, past, at } = read
    const value = Buffer.from(secret).toString('base64')
    return { enrollment: id, name, period, state: past ? 'past' : 'current', at: moment(at), value }
  },
}

/** Undefined for what is no secret of a device. */
function resource({ name, period, past, at }: Omit<Secret, 'value'>) {
  const known = secretNames.find((one) => one === name)
  return known && { name: known, period, state: past ? ('past' as const) : ('current' as const), at: moment(at) }
}
