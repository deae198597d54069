import { acknowledged } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'
import { notLost } from '../not-lost.ts'

/** @see apple:mdm/commands/device.lostmode.disable.yaml */
export const disableLostMode: Answer = (_command, { model }) => {
  if (model.commanded.lostMode === null) return notLost()
  model.commanded.lostMode = null
  return acknowledged()
}
