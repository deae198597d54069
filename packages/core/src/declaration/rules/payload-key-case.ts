import { refusal } from '../../problem.ts'
import type { PayloadRule } from '../payload/payload-place.ts'
import { unknownKeys } from '../payload/unknown-keys.ts'
import { escapePointer } from '../references.ts'

/**
 * A key in other letter case than Apple's is another key, which a device does not know; it reports Error.UnknownPayloadKeys.
 *
 * @see apple:declarative/declarations/declarationbase.yaml (reasons)
 */
export const payloadKeyCase: PayloadRule = ({ value, facts, at }) =>
  unknownKeys(value, facts).flatMap(({ key, meant, otherCase }) =>
    otherCase && meant !== undefined
      ? [
          refusal('payload-key-case', `Cannot use ${key}: keys are case-sensitive, and it is written ${meant}`, {
            at: `${at}/${escapePointer(key)}`,
            found: key,
            expected: meant,
            remedy: `write ${meant}`,
          }),
        ]
      : [],
  )
