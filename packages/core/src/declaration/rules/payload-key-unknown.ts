import { refusal } from '../../problem.ts'
import type { PayloadRule } from '../payload/payload-place.ts'
import { unknownKeys } from '../payload/unknown-keys.ts'
import { escapePointer } from '../references.ts'

/**
 * A key that Apple's schema does not have; a device reports Error.UnknownPayloadKeys.
 *
 * @see apple:declarative/declarations/declarationbase.yaml (reasons)
 */
export const payloadKeyUnknown: PayloadRule = ({ value, facts, at }, { draft }) =>
  unknownKeys(value, facts)
    .filter(({ otherCase }) => !otherCase)
    .map(({ key, meant }) =>
      refusal('payload-key-unknown', `Cannot use ${key}: ${draft.type} has no such key here`, {
        at: `${at}/${escapePointer(key)}`,
        found: key,
        expected: `one of ${Object.keys(facts.keys ?? {}).join(', ')}`,
        remedy: meant === undefined ? `take ${key} out` : `perhaps ${meant} was meant`,
      }),
    )
