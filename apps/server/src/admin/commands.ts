import { encodeCommandJson } from '@edict/api'
import { concealed, type Problem, type QueuedCommand } from '@edict/core'
import type { JsonObject } from '@edict/protocol'
import { cancelCommand, confirmCommand, mustHaveCommand, retryCommand } from '../operations/change-command.ts'
import { mustBeKnown } from '../operations/must-be-enrolled.ts'
import { sendCommand } from '../operations/send-command.ts'
import { shownProblem } from './changed.ts'
import { moment, momentOrNull } from './moment.ts'
import { pageOf } from './paging.ts'
import type { Handlers } from './request.ts'
import { placedIn } from './written.ts'

type Names =
  | 'send-command'
  | 'list-commands'
  | 'get-command'
  | 'cancel-command'
  | 'confirm-command'
  | 'retry-command'
  | 'list-apps'

export const commandHandlers: Handlers<Names> = {
  'send-command': async ({ params, query, body, write, raw }, services) => {
    const { override, ttl } = query
    const sending = {
      body: body as unknown as JsonObject & typeof body,
      timeToLive: ttl === undefined ? undefined : ttl * 1000,
    }
    const { queued, problems } = await sendCommand(params.id, sending, { ...write, override }, services)
    return resource(queued, problems.map(placedIn(raw)))
  },

  'list-commands': async ({ params, query }, { store }) => {
    await mustBeKnown(store.read, params.id)
    const newestFirst = [...(await store.read.commands(params.id, 'all'))].reverse()
    const page = pageOf(newestFirst, ({ sequence }) => String(1e15 - sequence).padStart(16, '0'), query)
    return { items: page.items.map((queued) => resource(queued)), next: page.next }
  },

  'get-command': async ({ params: { id, uuid } }, { store }) => resource(await mustHaveCommand(store.read, id, uuid)),

  'cancel-command': async ({ params: { id, uuid }, write }, services) =>
    resource(await cancelCommand(id, uuid, write, services)),

  'confirm-command': async ({ params: { id, uuid }, write }, services) =>
    resource(await confirmCommand(id, uuid, write, services)),

  'retry-command': async ({ params: { id, uuid }, write }, services) =>
    resource(await retryCommand(id, uuid, write, services)),

  'list-apps': async ({ params }, { store }) => {
    await mustBeKnown(store.read, params.id)
    const known = await store.read.apps(params.id)
    return {
      items: known.map(({ at, once, reasons, ...app }) => ({
        ...app,
        reasons: [...reasons],
        since: moment(at),
        once: once === null ? null : { state: once.state, reasons: [...once.reasons], at: moment(once.at) },
      })),
    }
  },
}

function resource(queued: QueuedCommand, problems: readonly Problem[] = []) {
  const { result, expiresAt, once } = queued
  return {
    uuid: queued.CommandUUID,
    enrollment: queued.enrollment,
    requestType: queued.command.RequestType,
    command: encodeCommandJson(concealed(queued.command)),
    state: queued.state,
    queuedAt: moment(queued.queuedAt),
    sentAt: momentOrNull(queued.sentAt),
    answeredAt: momentOrNull(queued.answeredAt),
    ...(expiresAt === undefined ? {} : { expiresAt: moment(expiresAt) }),
    ...(once === true ? { once } : {}),
    ...(problems.length === 0 ? {} : { problems: problems.map(shownProblem) }),
    ...(result?.ErrorChain === undefined ? {} : { errorChain: result.ErrorChain.map((item) => ({ ...item })) }),
    ...(result === null ? {} : { response: encodeCommandJson(result.response) }),
  }
}
