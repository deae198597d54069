import { isDeepStrictEqual } from 'node:util'
import type { Exchange } from './exchange.ts'
import { jsonOf } from './listed.ts'

/** Whether two answers say the same. Spaces and the order of keys do not count. */
export function sameContent(one: Exchange, other: Exchange): boolean {
  const [first, second] = [jsonOf(one), jsonOf(other)]
  return one.came?.status === other.came?.status && isDeepStrictEqual(first, second)
}
