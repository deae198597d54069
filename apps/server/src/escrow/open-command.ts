import { hasSecretKeys, type QueuedCommand } from '@edict/core'
import { PkiError } from '@edict/pki'
import { decodeCommand } from '@edict/protocol'
import type { Transaction } from '@edict/store'
import type { Services } from '../services.ts'

/**
 * A command with its secrets, to be sent; null, and a line in the log, where they do not open. One that an earlier version queued has them
 * as they came.
 */
export async function openCommand(
  tx: Pick<Transaction, 'sealedCommand'>,
  command: QueuedCommand,
  { escrow, log }: Pick<Services, 'escrow' | 'log'>,
): Promise<QueuedCommand | null> {
  const { enrollment, CommandUUID } = command
  if (!hasSecretKeys(command.command)) return command
  const sealed = await tx.sealedCommand(enrollment, CommandUUID)
  if (sealed === undefined) return command
  try {
    const message = escrow.open({ kind: 'command', enrollment, CommandUUID }, sealed)
    return { ...command, command: decodeCommand(message).Command }
  } catch (error) {
    if (!(error instanceof PkiError)) throw error
    const { code, message: why } = error
    log.error({ enrollment, CommandUUID, code, why }, 'the secrets of a command do not open: it waits')
    return null
  }
}
