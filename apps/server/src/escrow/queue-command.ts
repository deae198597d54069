import { concealed, type QueuedCommand } from '@edict/core'
import { encodeCommand } from '@edict/protocol'
import type { Transaction } from '@edict/store'
import type { Services } from '../services.ts'

/** Queues a command, and gives it as it may be shown. What is secret in it is stored sealed, as the message that it will be sent in. */
export async function queueCommand(
  tx: Transaction,
  command: Omit<QueuedCommand, 'sequence'>,
  { escrow }: Pick<Services, 'escrow'>,
): Promise<QueuedCommand> {
  const shown = concealed(command.command)
  if (shown === command.command) return tx.addCommand(command)
  const { CommandUUID, enrollment } = command
  const message = encodeCommand({ CommandUUID, Command: command.command })
  const value = escrow.seal({ kind: 'command', enrollment, CommandUUID }, message)
  return tx.addCommand({ ...command, command: shown }, { value, under: escrow.under })
}
