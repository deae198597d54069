import { watch } from 'node:fs/promises'
import { resolve } from 'node:path'

/**
 * The names of what changes in a folder, at any depth, until the signal; null where the system gives none. Watching begins
 * when the first is asked for.
 *
 * @param results a file that is written for each change, and so counts for none
 */
export async function* changesIn(
  folder: string,
  results: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<string | null> {
  const own = results === undefined ? undefined : resolve(results)
  for await (const { filename } of watch(folder, { recursive: true, signal })) {
    if (filename === null || resolve(folder, filename) !== own) yield filename
  }
}
