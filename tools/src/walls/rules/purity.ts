import ts from 'typescript'
import type { House, Source } from '../house.ts'
import type { Problem } from '../problem.ts'
import { problemAt, type Rule } from '../rule.ts'
import { walk } from '../walk.ts'

const name = 'purity'

const timers = ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask']
const world: ReadonlyMap<string, string> = new Map([
  ['process', 'the process. Read configuration at the edge and take it as an argument'],
  ['fetch', 'the network. Let the caller fetch and take the answer as an argument'],
  ['performance', 'a clock. Take `now` as an argument'],
  ['crypto', 'randomness. Take keys, random values and ids as arguments'],
  ['Promise', 'waiting. Return what should happen as data; the caller does it and waits'],
  ['globalThis', 'the world. Take what you need as an argument'],
  ...timers.map((timer) => [timer, 'a timer. Return when something is due; the caller waits'] as const),
])

/** The pure rooms decide and do not wait: no async, no clock, no randomness, no process, no timers, no network. */
export const purity: Rule = {
  name,
  check: (house: House) =>
    house.sources.filter((source) => source.room.pure !== undefined && !source.isTest).flatMap(impurities),
}

function impurities(source: Source): readonly Problem[] {
  const found: Problem[] = []
  const declared = declaredNames(source.syntax)
  walk(source.syntax, (node) => {
    const what = impurity(node, declared)
    if (what !== undefined)
      found.push(problemAt(name, source, node, `${source.room.name} is pure, and this is ${what}`))
  })
  return found
}

function impurity(node: ts.Node, declared: ReadonlySet<string>): string | undefined {
  if (node.kind === ts.SyntaxKind.AsyncKeyword || ts.isAwaitExpression(node) || isForAwait(node))
    return 'waiting. Return what should happen as data; the caller does it and waits'
  if (ts.isPropertyAccessExpression(node)) {
    const text = `${node.expression.getText()}.${node.name.text}`
    if (text === 'Date.now') return 'a clock. Take `now` as an argument'
    if (text === 'Math.random') return 'randomness. Take the random value as an argument'
  }
  if (ts.isNewExpression(node) && isDate(node.expression) && (node.arguments ?? []).length === 0)
    return 'a clock: new Date() without an argument. Take `now` as an argument'
  if (ts.isCallExpression(node) && isDate(node.expression)) return 'a clock: Date(). Take `now` as an argument'
  if (ts.isIdentifier(node) && !declared.has(node.text) && isUse(node)) return world.get(node.text)
  return undefined
}

function isDate(node: ts.Expression): boolean {
  return ts.isIdentifier(node) && node.text === 'Date'
}

function isForAwait(node: ts.Node): boolean {
  return ts.isForOfStatement(node) && node.awaitModifier !== undefined
}

/** A name that stands for a value or a type here, and is not the name of a member, a key or a label. */
function isUse(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.name !== node
  if (ts.isQualifiedName(parent)) return parent.right !== node
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node
  if (ts.isShorthandPropertyAssignment(parent)) return true
  if (ts.isBindingElement(parent)) return parent.initializer === node
  return !('name' in parent && parent.name === node)
}

/** Every name that the file itself gives to something; such a name is not the world's. */
function declaredNames(syntax: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>()
  walk(syntax, (node) => {
    const binds =
      ts.isVariableDeclaration(node) ||
      ts.isParameter(node) ||
      ts.isBindingElement(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isClassDeclaration(node) ||
      ts.isInterfaceDeclaration(node) ||
      ts.isTypeAliasDeclaration(node) ||
      ts.isImportSpecifier(node)
    if (binds && node.name !== undefined && ts.isIdentifier(node.name)) names.add(node.name.text)
  })
  return names
}
