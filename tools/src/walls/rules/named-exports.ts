import ts from 'typescript'
import type { Source } from '../house.ts'
import type { Problem } from '../problem.ts'
import { problemAt, type Rule } from '../rule.ts'
import { walk } from '../walk.ts'

const name = 'named-exports'

/** Exports have names, and an index.ts is the list of them. Files that a tool wants otherwise (`*.config.ts`) are left alone. */
export const namedExports: Rule = {
  name,
  check: (house) => house.sources.filter((source) => !/\.config\.[jt]s$/.test(source.path)).flatMap(unnamed),
}

function unnamed(source: Source): readonly Problem[] {
  const found: Problem[] = []
  const isIndex = source.path.endsWith('/src/index.ts')
  walk(source.syntax, (node) => {
    if (isDefault(node))
      found.push(
        problemAt(
          name,
          source,
          node,
          'A default export has no name where it is defined, and a search misses it. Export it by name',
        ),
      )
    if (isIndex && ts.isExportDeclaration(node) && node.exportClause === undefined)
      found.push(
        problemAt(
          name,
          source,
          node,
          'An index.ts is the table of contents of its room. List the names: export { a, type B } from …',
        ),
      )
  })
  return found
}

function isDefault(node: ts.Node): boolean {
  if (ts.isExportAssignment(node)) return true
  if (ts.isExportSpecifier(node)) return node.name.text === 'default'
  return node.kind === ts.SyntaxKind.DefaultKeyword && !ts.isDefaultClause(node.parent)
}
