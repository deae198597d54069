import { nearest } from '@edict/catalogue'
import { refusal } from '../../problem.ts'
import { aKind } from '../a-kind.ts'
import { references } from '../references.ts'
import type { Rule } from '../rule.ts'

/**
 * A reference names a declaration that exists; a device would report Error.MissingConfigurations or Error.MissingAssets and
 * leave the whole activation inactive.
 *
 * @see apple:declarative/declarations/declarationbase.yaml (reasons)
 */
export const referencesExist: Rule = ({ draft, before }) =>
  references(draft.type, draft.payload)
    .filter(({ to }) => to !== draft.identifier && !before.declarations.has(to))
    .map(({ to, at, kind }) => {
      const near = nearest(to, before.declarations.keys())
      return refusal('reference-missing', `Cannot refer to ${to}: there is no such declaration`, {
        at,
        found: to,
        expected: `the Identifier of ${aKind(kind)} that exists`,
        remedy: near === undefined ? `put ${to} first` : `perhaps ${near} was meant; otherwise put ${to} first`,
      })
    })
