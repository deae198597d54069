import { walk } from '../../ast/children.ts'
import type { PredicateProblem } from '../problem.ts'
import type { Rule } from '../rule.ts'

/** Terms are written in lower case without white space; whether a device takes anything else is not known. */
export const termSpelling: Rule = (predicate) =>
  [...walk(predicate)].flatMap((node): readonly PredicateProblem[] => {
    if (node.kind === 'status' || node.kind === 'property') return misspelt(node, node.kind)
    if (node.kind !== 'path') return []
    return node.steps.flatMap((step) => (step.kind === 'item' ? misspelt(step, 'key') : []))
  })

function misspelt(
  { name, written, at }: { name: string; written?: string; at: PredicateProblem['at'] },
  term: string,
): readonly PredicateProblem[] {
  if (written === undefined) return []
  const expected = `@${term}(${name})`
  const message = `Cannot be sure that a device reads ${written}: the documented spelling is ${expected}`
  return [{ code: 'term-spelling', severity: 'warning', message, at, found: written, expected, rewrite: expected }]
}
