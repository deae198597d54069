import type { QueuedCommand } from '@edict/core'
import type { StoredEvent } from '@edict/store'

/** The event that tells of a command's new state. */
export function commandChanged(command: QueuedCommand, at: number): Omit<StoredEvent, 'sequence'> {
  const { enrollment, CommandUUID: uuid, state } = command
  return { at, type: 'command.changed', data: { enrollment, uuid, requestType: command.command.RequestType, state } }
}
