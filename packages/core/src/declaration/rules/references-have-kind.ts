import { refusal } from '../../problem.ts'
import { aKind } from '../a-kind.ts'
import { references } from '../references.ts'
import type { Rule } from '../rule.ts'

/**
 * A reference names a declaration of the kind that belongs there: activations list configurations only, asset keys name
 * assets. A device treats anything else as missing, and the whole activation stays inactive.
 *
 * @see https://developer.apple.com/documentation/devicemanagement/leveraging-the-declarative-management-data-model-to-scale-devices
 */
export const referencesHaveKind: Rule = ({ draft, version, before }) =>
  references(draft.type, draft.payload).flatMap(({ to, at, kind }) => {
    const target = to === draft.identifier ? version : before.declarations.get(to)
    if (target === undefined || target.kind === kind) return []
    const activation = version.kind === 'activation'
    return [
      refusal(
        activation ? 'activation-references' : 'reference-kind',
        `Cannot refer to ${to}: it is ${target.kind === 'management' ? 'a management declaration' : aKind(target.kind)}`,
        {
          at,
          found: target.type,
          expected: aKind(kind),
          remedy:
            activation && target.kind === 'management'
              ? 'put it into the set by itself: management declarations need no activation'
              : `refer to ${aKind(kind)}`,
        },
      ),
    ]
  })
