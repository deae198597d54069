import type { CommandResult, PlistDict } from '@edict/protocol'
import type { Instant } from '../instant.ts'

export const commandStates = ['queued', 'sent', 'not-now', 'acknowledged', 'error', 'format-error', 'cleared'] as const

/** Where a command stands. It is queued until its result arrives, however often it was offered. */
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
}

/** Whether a command still waits for its result. */
export function isPending(command: QueuedCommand): boolean {
  return command.state === 'queued' || command.state === 'sent' || command.state === 'not-now'
}

/**
 * The command that a connection is given next: the oldest that waits. After NotNow only such as were not refused; refused
 * ones again at the next Idle, for the device does not remember them.
 *
 * @see https://developer.apple.com/documentation/devicemanagement/handling-notnow-status-responses
 */
export function nextCommand(pending: readonly QueuedCommand[], idle: boolean): QueuedCommand | undefined {
  return pending.find((command) => isPending(command) && (idle || command.state !== 'not-now'))
}

const stateOfStatus = {
  Acknowledged: 'acknowledged',
  Error: 'error',
  CommandFormatError: 'format-error',
  NotNow: 'not-now',
} as const satisfies Record<CommandResult['Status'], CommandState>

/** A command with its result. A result that came before is kept: the same one may arrive twice. */
export function commandAnswered(command: QueuedCommand, result: CommandResult, now: Instant): QueuedCommand {
  if (!isPending(command) && command.state !== 'cleared') return command
  const state = command.state === 'cleared' ? command.state : stateOfStatus[result.Status]
  return { ...command, state, answeredAt: now, result }
}
