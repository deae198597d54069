import { refusal, warning } from '../../problem.ts'
import { PROPERTIES_TYPE, payloadOf } from '../declaration.ts'
import { escapePointer } from '../references.ts'
import type { TogetherRule } from '../rule.ts'

/**
 * A property key that two declarations carry: a device that gets both takes one of them, and does not say which. An error
 * where it is known that one device gets both.
 *
 * @see apple:declarative/declarations/management/properties.yaml
 */
export const propertiesDuplicate: TogetherRule = ({ members, onOneDevice }) => {
  const say = onOneDevice ? refusal : warning
  const first = new Map<string, string>()
  return [...members.values()]
    .filter(({ type }) => type === PROPERTIES_TYPE)
    .flatMap((member) =>
      Object.keys(payloadOf(member)).flatMap((key) => {
        const other = first.get(key)
        first.set(key, other ?? member.identifier)
        if (other === undefined) return []
        const problem = say(
          'properties-duplicate',
          `Cannot tell which ${key} counts on a device that gets both: ${other} and ${member.identifier} set it`,
          {
            at: `/Payload/${escapePointer(key)}`,
            found: key,
            expected: 'one source for each property of a device',
            remedy: 'take the key from one of the two, or give them to different devices',
            by: [other, member.identifier],
          },
        )
        return [{ of: member.identifier, problem }]
      }),
    )
}
