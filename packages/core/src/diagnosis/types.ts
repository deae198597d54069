import type { History } from './history.ts'

/** The Type of a declaration, as it was last served in the record; undefined when it was not. */
export function typeOf({ all }: Pick<History, 'all'>, identifier: string): string | undefined {
  const served = all.findLast(
    (one) => one.kind === 'declaration' && one.identifier === identifier && one.body?.type !== undefined,
  )
  return served?.kind === 'declaration' ? served.body?.type : undefined
}
