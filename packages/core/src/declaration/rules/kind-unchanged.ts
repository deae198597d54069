import { kindOf } from '@edict/catalogue'
import { refusal } from '../../problem.ts'
import { aKind } from '../a-kind.ts'
import type { Rule } from '../rule.ts'

/**
 * Identifiers are unique across kinds, also over time: what refers to this one expects the kind it has.
 *
 * @see apple:declarative/declarations/declarationbase.yaml (Identifier is unique among all declarations of a device)
 */
export const kindUnchanged: Rule = ({ draft, version, before }) => {
  const existing = before.declarations.get(draft.identifier)
  if (existing === undefined || existing.kind === version.kind || kindOf(draft.type) === undefined) return []
  return [
    refusal(
      'identifier-kind-changed',
      `Cannot make ${draft.identifier} ${aKind(version.kind)}: it is ${aKind(existing.kind)}`,
      {
        at: '/Type',
        found: draft.type,
        expected: `${aKind(existing.kind)} such as ${existing.type}`,
        remedy: 'use another Identifier, or delete this declaration first',
      },
    ),
  ]
}
