import { nearestName } from '../nearest-name.ts'
import type { PredicateProblem } from '../problem.ts'
import type { Rule } from '../rule.ts'
import { describeShape } from '../shapes/family.ts'
import { type DeadEnd, shapesOf } from '../shapes/shapes.ts'

/** A name in `@status(…)` that goes below an item, and a key after a dot, are keys that the item has. */
export const keyBelowItemUnknown: Rule = (predicate, items) =>
  shapesOf(predicate, items)
    .deadEnds.filter(({ node }) => node.kind !== 'item')
    .map((end) => deadEnd('key-below-item-unknown', end))

/** What to say of a step that leads nowhere. */
export function deadEnd(code: PredicateProblem['code'], { descent, node }: DeadEnd): PredicateProblem {
  const { key } = descent
  if (descent.kind === 'no-keys') {
    const found = describeShape(descent.shape)
    const message = `Cannot find ${key} here: it is looked for in ${found}, which has no such key`
    return { code, severity: 'error', message, at: node.at, found: key, expected: 'a dictionary or a list of them' }
  }
  const nearest = nearestName(key, descent.known)
  const hint = nearest === undefined ? '' : `; the nearest is ${nearest}`
  return {
    code,
    severity: 'error',
    message: `Cannot find ${key}: there is no such key${hint}`,
    at: node.at,
    found: key,
    expected: nearest ?? descent.known.join(', '),
    ...(nearest !== undefined && { rewrite: rewritten(node, key, nearest) }),
  }
}

function rewritten(node: DeadEnd['node'], key: string, nearest: string): string {
  if (node.kind === 'item') return `@key(${node.name.replace(key, () => nearest)})`
  if (node.kind !== 'status') return nearest
  const end = node.name.lastIndexOf(key)
  return `@status(${node.name.slice(0, end)}${nearest}${node.name.slice(end + key.length)})`
}
