import { isArray } from '../value/kind.ts'
import type { OperatorMaker } from './operator.ts'
import { compareValues } from './ordering.ts'

/** `BETWEEN`: both bounds included, in either order; nil anywhere is false. */
export const between: OperatorMaker = (site) => (left, right, steps) => {
  if (left === undefined || right === undefined) return false
  if (!isArray(right)) throw site.mismatch('BETWEEN', 'an array of two bounds', right)
  if (right.length !== 2) {
    const found = `${right.length} ${right.length === 1 ? 'bound' : 'bounds'}`
    throw site.failure('bounds', `BETWEEN needs two bounds, found ${right.length}`, { found, expected: 'two bounds' })
  }
  const [low, high] = right
  if (low === null || high === null) return false
  const plain = (text: string) => text
  const fromLow = compareValues('BETWEEN', left, low, plain, site, steps)
  const fromHigh = compareValues('BETWEEN', left, high, plain, site, steps)
  return (fromLow >= 0 && fromHigh <= 0) || (fromLow <= 0 && fromHigh >= 0)
}
