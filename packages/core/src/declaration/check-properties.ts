import type { JsonObject } from '@edict/protocol'
import type { Problem } from '../problem.ts'
import { canonicalFlaws } from './canonical-flaws.ts'

/** What stands against values that an administrator sets on an enrollment, apart from who else has the keys. */
export function checkProperties(properties: JsonObject): readonly Problem[] {
  return canonicalFlaws(properties, '', 'properties-malformed')
}
