import { isPlistDict } from '@edict/protocol'
import { acknowledgedThen } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** The answer is sent once: the device that would repeat it is gone. @see apple:mdm/commands/device.erase.yaml */
export const eraseDevice: Answer = ({ ReturnToService }, subject) => {
  const configuration = isPlistDict(ReturnToService) ? ReturnToService : null
  return acknowledgedThen(() => subject.erase(configuration))
}
