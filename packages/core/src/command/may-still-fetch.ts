import type { Instant } from '../instant.ts'
import { isPending, type QueuedCommand } from './command.ts'

/** Milliseconds for which a device may fetch what a command refers to, after it acknowledged it. */
const AFTERWARDS = 7 * 86_400_000

/**
 * Whether a device may fetch what a command refers to: it waits, may have been done, or was acknowledged a week ago at most. A Mac
 * acknowledges before it downloads, and may sleep in between.
 *
 * @see apple:mdm/commands/application.install.enterprise.yaml
 */
export function mayStillFetch(command: QueuedCommand, now: Instant): boolean {
  const { state, answeredAt } = command
  if (state === 'acknowledged') return answeredAt !== null && now - answeredAt <= AFTERWARDS
  return isPending(command) || state === 'unanswered'
}
