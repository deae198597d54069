import type { DeclarationKind } from './declaration-facts.ts'

const kinds: ReadonlySet<string> = new Set<DeclarationKind>(['activation', 'asset', 'configuration', 'management'])

/**
 * The kind of a declaration type, known or not: the third segment of `com.apple.<kind>.…`. Undefined when it has another
 * form.
 *
 * @see apple:declarative/declarations/declarationbase.yaml
 */
export function kindOf(type: string): DeclarationKind | undefined {
  const [com, apple, kind, ...rest] = type.split('.')
  if (com !== 'com' || apple !== 'apple' || rest.length === 0 || rest.includes('')) return undefined
  return kind !== undefined && isKind(kind) ? kind : undefined
}

function isKind(text: string): text is DeclarationKind {
  return kinds.has(text)
}
