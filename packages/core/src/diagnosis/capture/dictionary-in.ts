import { isPlistDict, type PlistDict, type PlistValue } from '@edict/protocol'
import type { Linted } from '../../wire/lint-message.ts'

/** The dictionary that a message is, whatever else may be wrong with it; undefined for what is none. */
export function dictionaryIn(linted: Linted | undefined): PlistDict | undefined {
  const content = linted?.content
  if (content === undefined || content === null || !isPlistDict(content as PlistValue)) return undefined
  return content as PlistDict
}
