import ts from 'typescript'
import type { Source } from '../house.ts'
import type { Problem } from '../problem.ts'
import { problemAt, type Rule } from '../rule.ts'
import { walk } from '../walk.ts'

const name = 'console-in-one-place'
const output = 'apps/cli/src/output.ts'
const speakers = new Set(['tools', 'bench'])

/** Only the command line's output file talks to the terminal; tools and measurements may too. */
export const consoleInOnePlace: Rule = {
  name,
  check: (house) =>
    house.sources.filter((source) => source.path !== output && !speakers.has(source.room.name)).flatMap(uses),
}

function uses(source: Source): readonly Problem[] {
  const found: Problem[] = []
  walk(source.syntax, (node) => {
    if (!ts.isPropertyAccessExpression(node) || !ts.isIdentifier(node.expression)) return
    if (node.expression.text !== 'console') return
    const message = `The terminal belongs to ${output}: print through it in the command line, use the logger in the server, return a value elsewhere`
    found.push(problemAt(name, source, node, message))
  })
  return found
}
