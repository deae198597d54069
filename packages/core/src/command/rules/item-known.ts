import { nearest } from '@edict/catalogue'
import { isJsonObject, type Json } from '@edict/protocol'
import { alternativeOf } from '../../declaration/payload/alternative-of.ts'
import type { PayloadRule } from '../../declaration/payload/payload-place.ts'
import { refusal } from '../../problem.ts'

/**
 * Each item of an array whose items are of several kinds says which one it is. A device answers for an item that it does not know
 * with an error of its own, and does the others.
 *
 * @see apple:mdm/commands/settings.yaml
 */
export const itemKnown: PayloadRule = ({ value, facts, at, name }) => {
  const { alternatives } = facts
  if (alternatives === undefined || !Array.isArray(value)) return []
  const known = Object.keys(alternatives)
  return (value as readonly Json[]).flatMap((item, index) => {
    if (alternativeOf(item, facts) !== undefined) return []
    const found = isJsonObject(item) ? item.Item : item
    const meant = typeof found === 'string' ? nearest(found, known) : undefined
    return [
      refusal('payload-range', `Cannot use item ${index} of ${name}: its Item is none that Apple has`, {
        at: isJsonObject(item) ? `${at}/${index}/Item` : `${at}/${index}`,
        found: found ?? 'nothing',
        expected: `one of ${known.join(', ')}`,
        ...(meant === undefined ? {} : { remedy: `perhaps ${meant} was meant` }),
      }),
    ]
  })
}
