import { PredicateError, type PredicateNode, parse } from '@edict/predicate'

const ALWAYS = parse('TRUEPREDICATE')

/** Reads predicates, each text once; no predicate is one that is always true, and what cannot be read is undefined. */
export function predicateReader(): (source: string | undefined) => PredicateNode | undefined {
  const known = new Map<string, PredicateNode | undefined>()
  return (source) => {
    if (source === undefined) return ALWAYS
    if (!known.has(source)) known.set(source, readOrUndefined(source))
    return known.get(source)
  }
}

function readOrUndefined(source: string): PredicateNode | undefined {
  try {
    return parse(source)
  } catch (error) {
    if (error instanceof PredicateError) return undefined
    throw error
  }
}
