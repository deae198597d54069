import { walk } from '../../ast/children.ts'
import type { Rule } from '../rule.ts'

const kinds: ReadonlyMap<string, string> = new Map([
  ['ternary', 'TERNARY'],
  ['cast', 'CAST'],
  ['set', 'UNION, INTERSECT and MINUS'],
  ['selector', 'a call by selector'],
])

/** Parts of the language that Apple's guide to it does not describe. */
export const undocumented: Rule = (predicate) =>
  [...walk(predicate)].flatMap((node) => {
    const locale = node.kind === 'comparison' && node.options.includes('l')
    const found = locale ? 'the option l' : kinds.get(node.kind)
    if (found === undefined) return []
    const message = `Cannot be sure that a device takes ${found}: it is not documented`
    return [{ code: 'undocumented', severity: 'warning', message, at: node.at, found }]
  })
