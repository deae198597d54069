import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

const MEBIBYTE = 1024 * 1024

/**
 * Watches how much octets are held in memory, what is garbage aside.
 *
 * @param every milliseconds
 * @returns ends it, and gives the most that was held beyond what was at first, in MiB
 */
export function watchHeld(every: number): () => number {
  const held = () => {
    collectGarbage()
    return process.memoryUsage().arrayBuffers / MEBIBYTE
  }
  const start = held()
  let most = 0
  const watch = setInterval(() => {
    most = Math.max(most, held() - start)
  }, every)
  return () => {
    clearInterval(watch)
    return most
  }
}
