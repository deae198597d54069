import type { PlistDict } from '@edict/protocol'
import { acknowledged } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** Of a command that a simulated device does as told, and about which there is nothing to tell, or always the same. */
export function always(response: PlistDict = {}): Answer {
  return () => acknowledged(response)
}
