import { acknowledged } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'
import { notLost } from '../not-lost.ts'

/** @see apple:mdm/commands/device.lostmode.playsound.yaml */
export const playLostModeSound: Answer = (_command, { model }) =>
  model.commanded.lostMode === null ? notLost() : acknowledged()
