import type { Instant } from '../instant.ts'
import { isPending, type QueuedCommand } from './command.ts'

/** How long a command that cannot be taken back waits for its device, when nobody says otherwise. */
export const TIME_TO_LIVE = 60 * 60_000

/** A command whose time is over: not sent any more, or, when it was sent, maybe done. The command itself while there is time. */
export function timedOut(command: QueuedCommand, now: Instant): QueuedCommand {
  if (!isPending(command) || command.expiresAt === undefined || command.expiresAt > now) return command
  return { ...command, state: command.state === 'sent' ? 'unanswered' : 'expired' }
}

/**
 * A command when its device says that it is idle. One that is sent once only and got no result will not be sent by itself again: that
 * the device did it and its answer was lost cannot be told from its never having arrived.
 */
export function leftOpen(command: QueuedCommand): QueuedCommand {
  return command.state === 'sent' && command.once === true ? { ...command, state: 'unanswered' } : command
}

/** A command that is not wanted any more; null when it is answered or was given up before. */
export function cancelled(command: QueuedCommand): QueuedCommand | null {
  return isPending(command) || command.state === 'unanswered' ? { ...command, state: 'cancelled' } : null
}

/** An unanswered command that is to be sent once more, under the same UUID; null when it is not unanswered. */
export function confirmed(command: QueuedCommand, expiresAt: Instant): QueuedCommand | null {
  return command.state === 'unanswered' ? { ...command, state: 'queued', expiresAt } : null
}
