import { giveUpCommands } from '../operations/give-up-commands.ts'
import type { Services } from '../services.ts'

const EVERY = 30_000
const HISTORY_EVERY = 60 * 60_000

/** How long commands are kept that do not wait any more. */
const KEEP = 90 * 24 * 60 * 60_000

type Uses = Pick<Services, 'store' | 'now' | 'log'>

/** Gives up commands whose time is over, and forgets old ones, now and then until stopped. */
export function startCommandTimes(services: Uses): () => void {
  const { store, now, log } = services
  const failed = (error: unknown) => log.error({ err: error }, 'times of commands')
  const times = setInterval(() => void giveUpCommands(services).catch(failed), EVERY)
  const history = setInterval(() => {
    store.transaction((tx) => tx.dropCommands(now() - KEEP)).catch(failed)
  }, HISTORY_EVERY)
  times.unref()
  history.unref()
  return () => {
    clearInterval(times)
    clearInterval(history)
  }
}
