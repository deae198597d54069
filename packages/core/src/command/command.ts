import type { CommandResult, PlistDict } from '@edict/protocol'
import type { Instant } from '../instant.ts'

export const commandStates = [
  'queued',
  'sent',
  'not-now',
  'unanswered',
  'acknowledged',
  'error',
  'format-error',
  'cancelled',
  'expired',
  'cleared',
] as const

/**
 * Where a command stands. It is queued until its result arrives, however often it was offered. One that is sent only once and got no
 * result is `unanswered`: it may have been done.
 */
export type CommandState = (typeof commandStates)[number]

/** One command of one channel's queue. */
export interface QueuedCommand {
  readonly CommandUUID: string
  readonly enrollment: string
  /** Order within the queue. */
  readonly sequence: number
  readonly command: PlistDict & { readonly RequestType: string }
  readonly state: CommandState
  readonly queuedAt: Instant
  readonly sentAt: Instant | null
  readonly answeredAt: Instant | null
  readonly result: CommandResult | null
  /** From when on it is not sent any more; never, when absent. */
  readonly expiresAt?: Instant
  /** It is not sent a second time unless somebody says so, for it may have been done. */
  readonly once?: boolean
  /** The server asked by itself, to know something. */
  readonly inventory?: boolean
}

/** Whether a command still waits for its result. */
export function isPending(command: QueuedCommand): boolean {
  return command.state === 'queued' || command.state === 'sent' || command.state === 'not-now'
}

/** Whether what a device answered counts: nobody had given the command up before. */
export function applies({ state }: QueuedCommand): boolean {
  return state !== 'cancelled' && state !== 'expired' && state !== 'cleared'
}

const stateOfStatus = {
  Acknowledged: 'acknowledged',
  Error: 'error',
  CommandFormatError: 'format-error',
  NotNow: 'not-now',
} as const satisfies Record<CommandResult['Status'], CommandState>

/**
 * A command with its result. A result that came before is kept: the same one may arrive twice. That of a command which was given up
 * is kept too, and changes nothing else.
 */
export function commandAnswered(command: QueuedCommand, result: CommandResult, now: Instant): QueuedCommand {
  if (!applies(command)) return command.result === null ? { ...command, answeredAt: now, result } : command
  if (!isPending(command) && command.state !== 'unanswered') return command
  return { ...command, state: stateOfStatus[result.Status], answeredAt: now, result }
}
