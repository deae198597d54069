import { cancelled, confirmed, isPending, type QueuedCommand, refusal, TIME_TO_LIVE } from '@edict/core'
import type { Reads, Transaction } from '@edict/store'
import { AdminError } from '../admin/problem.ts'
import { openCommand } from '../escrow/open-command.ts'
import { queueCommand } from '../escrow/queue-command.ts'
import type { Services } from '../services.ts'
import { commandChanged } from './command-changed.ts'
import type { Write } from './commit.ts'
import { mustBeEnrolled, mustBeKnown } from './must-be-enrolled.ts'
import { Refused } from './refused.ts'

type Uses = Pick<Services, 'store' | 'now' | 'newId' | 'escrow' | 'log'>

/** @throws Refused `enrollment-missing`, `command-missing` */
export async function mustHaveCommand(
  reads: Pick<Reads, 'channel' | 'command'>,
  id: string,
  CommandUUID: string,
): Promise<QueuedCommand> {
  await mustBeKnown(reads, id)
  const command = await reads.command(id, CommandUUID)
  if (command !== undefined) return command
  const evidence = { found: CommandUUID, remedy: 'look at the list of commands: old ones are dropped' }
  throw new Refused([refusal('command-missing', `Cannot find command ${CommandUUID} of ${id}`, evidence)])
}

/**
 * Takes a command back. One that was sent may have been done: its result, when it comes, is kept and changes nothing.
 *
 * @throws Refused `command-missing`, `command-finished`
 */
export async function cancelCommand(id: string, uuid: string, write: Write, services: Uses): Promise<QueuedCommand> {
  return change(id, uuid, write, services, async (tx, command, at) => {
    const after = cancelled(command)
    if (after === null) throw finished(command, 'cancel', 'one that waits, or that got no answer')
    await tx.saveCommand(after)
    await tx.addEvents([commandChanged(after, at)])
    return after
  })
}

/**
 * Sends a command once more that got no answer, under the same UUID: a device that did it answers as it did then.
 *
 * @throws Refused `command-missing`, `command-finished`, `enrollment-not-enrolled`
 */
export async function confirmCommand(id: string, uuid: string, write: Write, services: Uses): Promise<QueuedCommand> {
  return change(id, uuid, write, services, async (tx, command, at) => {
    await mustBeEnrolled(tx, id)
    const after = confirmed(command, at + TIME_TO_LIVE)
    if (after === null) throw finished(command, 'confirm', 'one that was sent and got no answer')
    await tx.saveCommand(after)
    await tx.wakeChannels([id], at, 'always')
    await tx.addEvents([commandChanged(after, at)])
    return after
  })
}

/**
 * Queues the same command again, as a new one with the same time to wait.
 *
 * @throws Refused `command-missing`, `command-finished` while the first one still waits, `enrollment-not-enrolled`, AdminError `secret-unopened`
 */
export async function retryCommand(id: string, uuid: string, write: Write, services: Uses): Promise<QueuedCommand> {
  return change(id, uuid, write, services, async (tx, command, at) => {
    await mustBeEnrolled(tx, id)
    if (isPending(command)) throw finished(command, 'retry', 'one that does not wait any more')
    const whole = await openCommand(tx, command, services)
    if (whole === null) throw locked(command)
    const { sequence: _, expiresAt, ...same } = whole
    const wanted = {
      ...same,
      CommandUUID: services.newId(),
      state: 'queued',
      queuedAt: at,
      sentAt: null,
      answeredAt: null,
      result: null,
      ...(expiresAt === undefined ? {} : { expiresAt: at + Math.max(expiresAt - command.queuedAt, 0) }),
    } as const
    const again = await queueCommand(tx, wanted, services)
    await tx.wakeChannels([id], at, 'always')
    await tx.addEvents([commandChanged(again, at)])
    return again
  })
}

async function change(
  id: string,
  uuid: string,
  { actor, action, subject: target, detail }: Write,
  { store, now }: Uses,
  work: (tx: Transaction, command: QueuedCommand, at: number) => Promise<QueuedCommand>,
): Promise<QueuedCommand> {
  return store.transaction(async (tx) => {
    await tx.lock([id])
    const at = now()
    const after = await work(tx, await mustHaveCommand(tx, id, uuid), at)
    await tx.addAudit({ at, actor, action, target, revision: 0, detail })
    return after
  })
}

function locked({ CommandUUID }: QueuedCommand): AdminError {
  const message = `Cannot retry command ${CommandUUID}: its secrets do not open`
  return new AdminError('secret-unopened', message, { remedy: 'send it anew; the log says why they do not' })
}

function finished({ CommandUUID, state }: QueuedCommand, what: string, expected: string): Refused {
  const evidence = { found: state, expected, remedy: 'look at the command: edict commands show' }
  return new Refused([refusal('command-finished', `Cannot ${what} command ${CommandUUID}: it is ${state}`, evidence)])
}
