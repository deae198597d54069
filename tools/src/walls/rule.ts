import type ts from 'typescript'
import type { House, Source } from './house.ts'
import type { Problem } from './problem.ts'

/** One wall: a name to search for, and everything in the house that breaks it. */
export interface Rule {
  readonly name: string
  check(house: House): readonly Problem[]
}

/** A problem at a node of a source. */
export function problemAt(rule: string, source: Source, node: ts.Node, message: string): Problem {
  const { line, character } = source.syntax.getLineAndCharacterOfPosition(node.getStart(source.syntax))
  return { rule, path: source.path, line: line + 1, column: character + 1, message }
}

/** A problem of a whole file or folder. */
export function problemOf(rule: string, path: string, message: string): Problem {
  return { rule, path, line: 1, column: 1, message }
}
