import { refusal } from '../../problem.ts'
import { references } from '../references.ts'
import type { Rule } from '../rule.ts'

/**
 * An asset key names an asset of a type that is allowed there; a device would report Error.InvalidAssetType or leave the
 * configuration without it.
 *
 * @see apple:docs/schema.yaml (assettypes)
 */
export const referenceAssetType: Rule = ({ draft, before }) =>
  references(draft.type, draft.payload).flatMap(({ to, at, assetTypes = [] }) => {
    const target = before.declarations.get(to)
    if (target?.kind !== 'asset' || assetTypes.length === 0 || assetTypes.includes(target.type)) return []
    const expected = assetTypes.join(' or ')
    return [
      refusal('reference-asset-type', `Cannot refer to ${to} here: it is a ${target.type}`, {
        at,
        found: target.type,
        expected,
        remedy: `refer to an asset of type ${expected}`,
      }),
    ]
  })
