import type { QueuedCommand } from '@edict/core'
import type { PlistDict } from '@edict/protocol'
import type { Services } from '../services.ts'
import type { Write } from './commit.ts'
import { mustBeEnrolled } from './must-be-enrolled.ts'

/** Queues a command for a channel and wakes it. */
export async function sendCommand(
  id: string,
  command: PlistDict & { readonly RequestType: string },
  write: Write,
  { store, now, newId }: Pick<Services, 'store' | 'now' | 'newId'>,
): Promise<QueuedCommand> {
  return store.transaction(async (tx) => {
    await mustBeEnrolled(tx, id)
    const at = now()
    const queued = await tx.addCommand({
      CommandUUID: newId(),
      enrollment: id,
      command,
      state: 'queued',
      queuedAt: at,
      sentAt: null,
      answeredAt: null,
      result: null,
    })
    await tx.wakeChannels([id], at, 'always')
    await tx.addAudit({
      at,
      actor: write.actor,
      action: write.action,
      target: write.subject,
      revision: 0,
      detail: write.detail,
    })
    const data = { enrollment: id, uuid: queued.CommandUUID, requestType: command.RequestType, state: queued.state }
    await tx.addEvents([{ at, type: 'command.changed', data }])
    return queued
  })
}
