import { nearest, type ValueFacts } from '@edict/catalogue'
import { isJsonObject, type Json } from '@edict/protocol'

/** A key that a dictionary has and the schema does not. */
export interface UnknownKey {
  readonly key: string
  /** The known key that was probably meant and is not there itself. */
  readonly meant: string | undefined
  /** Whether it differs from that one in the case of its letters only. */
  readonly otherCase: boolean
}

/** The keys of a dictionary that the schema does not know; none where any key is allowed. */
export function unknownKeys(value: Json, { keys, others }: ValueFacts): readonly UnknownKey[] {
  if (keys === undefined || others !== undefined || !isJsonObject(value)) return []
  const known = Object.keys(keys)
  return Object.keys(value)
    .filter((key) => !Object.hasOwn(keys, key))
    .map((key) => {
      const otherCase = known.find((other) => other.toLowerCase() === key.toLowerCase())
      return { key, meant: otherCase ?? nearest(key, known), otherCase: otherCase !== undefined }
    })
}
