import { warning } from '../../problem.ts'
import { payloadOf } from '../declaration.ts'
import { references } from '../references.ts'
import type { TogetherRule } from '../rule.ts'

/**
 * An asset that no configuration refers to: devices fetch it, report Info.NotReferencedByConfiguration, and never download
 * its data.
 *
 * @see apple:declarative/declarations/declarationbase.yaml (reasons)
 */
export const assetWithoutUser: TogetherRule = ({ members }) => {
  const all = [...members.values()]
  const used = new Set(all.flatMap((member) => references(member.type, payloadOf(member)).map(({ to }) => to)))
  return all
    .filter(({ kind, identifier }) => kind === 'asset' && !used.has(identifier))
    .map(({ identifier, type }) => ({
      of: identifier,
      problem: warning('asset-without-user', `Cannot expect anything of ${identifier}: no configuration refers to it`, {
        at: '/Identifier',
        found: type,
        expected: 'an asset that a configuration refers to',
        remedy: `refer to ${identifier} from a configuration, or take it out`,
      }),
    }))
}
