import type { AssetReference, PayloadPath, ValueFacts } from '@edict/catalogue'

/**
 * Every payload key that holds asset Identifiers, in payload order. Walks a cyclic table once round: a reference below the
 * place where it repeats would need a path without end.
 */
export function assetReferences(payload: ValueFacts): readonly AssetReference[] {
  const found: AssetReference[] = []
  const visit = (facts: ValueFacts, path: PayloadPath, above: readonly ValueFacts[]): void => {
    if (above.includes(facts)) return
    if (facts.assetTypes !== undefined) found.push(reference(facts, facts.type === 'array' ? [...path, '*'] : path))
    const here = [...above, facts]
    for (const [key, inner] of Object.entries(facts.keys ?? {})) visit(inner, [...path, key], here)
    for (const inner of [facts.item, facts.others, ...Object.values(facts.alternatives ?? {})]) {
      if (inner !== undefined) visit(inner, [...path, '*'], here)
    }
  }
  visit(payload, [], [])
  return found
}

function reference({ assetTypes = [], contentTypes }: ValueFacts, path: PayloadPath): AssetReference {
  return contentTypes === undefined ? { path, assetTypes } : { path, assetTypes, contentTypes }
}
