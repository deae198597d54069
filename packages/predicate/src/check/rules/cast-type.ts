import { nodesOf } from '../../ast/nodes-of.ts'
import { castTypes } from '../../functions/cast.ts'
import type { Rule } from '../rule.ts'

/** CAST names a type that there is. */
export const castType: Rule = (predicate) =>
  nodesOf(predicate, 'cast').flatMap(({ type }) => {
    if (type.kind !== 'string' || castTypes.some((name) => name === type.value)) return []
    const message = `Cannot cast to ${type.value}: there is no such type`
    return [
      { code: 'cast-type', severity: 'error', message, at: type.at, found: type.value, expected: castTypes.join(', ') },
    ]
  })
