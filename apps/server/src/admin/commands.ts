import { decodeCommandJson, encodeCommandJson } from '@edict/api'
import type { QueuedCommand } from '@edict/core'
import type { JsonObject } from '@edict/protocol'
import { mustBeKnown } from '../operations/must-be-enrolled.ts'
import { sendCommand } from '../operations/send-command.ts'
import { moment, momentOrNull } from './moment.ts'
import { pageOf } from './paging.ts'
import type { Handlers } from './request.ts'

export const commandHandlers: Handlers<'send-command' | 'list-commands'> = {
  'send-command': async ({ params, body, write }, services) => {
    const command = { ...decodeCommandJson(body as unknown as JsonObject), RequestType: body.RequestType }
    return resource(await sendCommand(params.id, command, write, services))
  },

  'list-commands': async ({ params, query }, { store }) => {
    await mustBeKnown(store.read, params.id)
    const newestFirst = [...(await store.read.commands(params.id, 'all'))].reverse()
    const page = pageOf(newestFirst, ({ sequence }) => String(1e15 - sequence).padStart(16, '0'), query)
    return { items: page.items.map(resource), next: page.next }
  },
}

function resource(queued: QueuedCommand) {
  const { result } = queued
  return {
    uuid: queued.CommandUUID,
    enrollment: queued.enrollment,
    requestType: queued.command.RequestType,
    command: encodeCommandJson(queued.command),
    state: queued.state,
    queuedAt: moment(queued.queuedAt),
    sentAt: momentOrNull(queued.sentAt),
    answeredAt: momentOrNull(queued.answeredAt),
    ...(result?.ErrorChain === undefined ? {} : { errorChain: result.ErrorChain.map((item) => ({ ...item })) }),
    ...(result === null ? {} : { response: encodeCommandJson(result.response) }),
  }
}
