import { declarationTypes, kindOf, nearest } from '@edict/catalogue'
import { warning } from '../../problem.ts'
import type { Rule } from '../rule.ts'

/**
 * A Type of a known kind that Apple's schema does not have: perhaps misspelt, perhaps newer than the schema. Nothing in its
 * Payload can be checked, and devices that do not list it report Error.UnknownDeclarationType.
 *
 * @see apple:declarative/declarations/declarationbase.yaml (reasons)
 */
export const typeInCatalogue: Rule = ({ draft }) => {
  if (kindOf(draft.type) === undefined || declarationTypes.has(draft.type)) return []
  const near = nearest(draft.type, declarationTypes.keys())
  return [
    warning('type-unknown-to-catalogue', `Cannot check ${draft.identifier}: ${draft.type} is not in Apple's schema`, {
      at: '/Type',
      found: draft.type,
      expected: "a type of Apple's schema",
      ...(near === undefined ? {} : { remedy: `perhaps ${near} was meant` }),
    }),
  ]
}
