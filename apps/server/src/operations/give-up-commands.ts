import { leftOpen, type QueuedCommand, timedOut } from '@edict/core'
import type { Transaction } from '@edict/store'
import type { Services } from '../services.ts'
import { commandChanged } from './command-changed.ts'

/** How many commands one transaction gives up. */
const BATCH = 100

/**
 * Gives up what may not be sent any more: commands whose time is over, and, of an idle device, those that are sent once and got no
 * result.
 *
 * @returns the commands as they are now
 */
export async function settleCommands(
  tx: Transaction,
  pending: readonly QueuedCommand[],
  idle: boolean,
  now: number,
): Promise<readonly QueuedCommand[]> {
  const settled: QueuedCommand[] = []
  for (const command of pending) {
    const after = timedOut(idle ? leftOpen(command) : command, now)
    settled.push(after)
    if (after === command) continue
    await tx.saveCommand(after)
    await tx.addEvents([commandChanged(after, now)])
  }
  return settled
}

/** Gives up all commands whose time is over, whether or not their devices come. */
export async function giveUpCommands({ store, now }: Pick<Services, 'store' | 'now'>): Promise<number> {
  let count = 0
  for (;;) {
    const due = await store.read.timedOutCommands(now(), BATCH)
    if (due.length === 0) return count
    await store.transaction(async (tx) => {
      await tx.lock([...new Set(due.map(({ enrollment }) => enrollment))].sort())
      for (const { enrollment, CommandUUID } of due) {
        const command = await tx.command(enrollment, CommandUUID)
        if (command !== undefined) await settleCommands(tx, [command], false, now())
      }
    })
    count += due.length
  }
}
