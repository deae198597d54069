import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import ts from 'typescript'
import { walk } from './walk.ts'

/** One way out of a file. A type-only import counts as much as any other: knowing a type is knowing its room. */
export interface Import {
  readonly specifier: string
  readonly how: 'static' | 'type' | 'dynamic'
  readonly names: readonly string[]
  readonly target: Target
  readonly node: ts.Node
}

type Target =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'room'; readonly name: string; readonly inside: string }
  | { readonly kind: 'builtin'; readonly name: string }
  | { readonly kind: 'npm'; readonly name: string }
  | { readonly kind: 'computed' }

/** Every import of a file: declarations, re-exports, `import()`, `import('…')` types and `require()`. */
export function importsOf(path: string, syntax: ts.SourceFile): readonly Import[] {
  const found: Import[] = []
  const add = (node: ts.Node, specifier: ts.Node | undefined, how: Import['how'], names: readonly string[]): void => {
    if (specifier === undefined) return
    const text = ts.isStringLiteralLike(specifier) ? specifier.text : undefined
    const target: Target = text === undefined ? { kind: 'computed' } : targetOf(path, text)
    found.push({ specifier: text ?? specifier.getText(syntax), how, names, target, node })
  }
  walk(syntax, (node) => {
    if (ts.isImportDeclaration(node)) add(node, node.moduleSpecifier, howImported(node), importedNames(node))
    else if (ts.isExportDeclaration(node)) add(node, node.moduleSpecifier, node.isTypeOnly ? 'type' : 'static', ['*'])
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node, node.argument.literal, 'type', ['*'])
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node, node.arguments[0], 'dynamic', ['*'])
    else if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'require')
      add(node, node.arguments[0], 'static', ['*'])
  })
  return found
}

function howImported(node: ts.ImportDeclaration): Import['how'] {
  return node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword ? 'type' : 'static'
}

/** The names taken, types left out; `*` stands for the whole module. */
function importedNames(node: ts.ImportDeclaration): readonly string[] {
  const clause = node.importClause
  if (clause === undefined) return ['*']
  if (howImported(node) === 'type') return []
  const bindings = clause.namedBindings
  const whole = clause.name !== undefined || (bindings !== undefined && ts.isNamespaceImport(bindings)) ? ['*'] : []
  const named = bindings !== undefined && ts.isNamedImports(bindings) ? bindings.elements : []
  return [...whole, ...named.filter((one) => !one.isTypeOnly).map((one) => (one.propertyName ?? one.name).text)]
}

function targetOf(from: string, specifier: string): Target {
  if (specifier.startsWith('.')) return { kind: 'file', path: posix.join(posix.dirname(from), specifier) }
  if (isBuiltin(specifier)) return { kind: 'builtin', name: specifier.replace(/^node:/, '') }
  const [scope = '', second = '', ...rest] = specifier.split('/')
  if (scope === '@edict') return { kind: 'room', name: second, inside: rest.join('/') }
  return { kind: 'npm', name: scope.startsWith('@') ? `${scope}/${second}` : scope }
}
