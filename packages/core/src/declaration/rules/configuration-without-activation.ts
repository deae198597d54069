import { warning } from '../../problem.ts'
import { payloadOf } from '../declaration.ts'
import { references } from '../references.ts'
import type { TogetherRule } from '../rule.ts'

/**
 * A configuration that no activation lists: devices fetch it, report Info.NotReferencedByActivation, and do nothing with it.
 *
 * @see apple:declarative/declarations/declarationbase.yaml (reasons)
 */
export const configurationWithoutActivation: TogetherRule = ({ members }) => {
  const all = [...members.values()]
  const listed = new Set(
    all
      .filter(({ kind }) => kind === 'activation')
      .flatMap((member) => references(member.type, payloadOf(member)).map(({ to }) => to)),
  )
  return all
    .filter(({ kind, identifier }) => kind === 'configuration' && !listed.has(identifier))
    .map(({ identifier, type }) => ({
      of: identifier,
      problem: warning(
        'configuration-without-activation',
        `Cannot expect anything of ${identifier}: no activation lists it`,
        {
          at: '/Identifier',
          found: type,
          expected: 'a configuration that an activation lists',
          remedy: `put an activation with ${identifier} in its StandardConfigurations`,
        },
      ),
    }))
}
