import type { CommandState, QueuedCommand } from '../command/command.ts'
import { NOW } from './channel-of.ts'

/** A command of a queue, in some state. */
export function queuedCommand(state: CommandState, but: Partial<QueuedCommand> = {}): QueuedCommand {
  return {
    CommandUUID: 'a',
    enrollment: 'ipad-1',
    sequence: 1,
    command: { RequestType: 'DeviceInformation' },
    state,
    queuedAt: NOW,
    sentAt: null,
    answeredAt: null,
    result: null,
    ...but,
  }
}
