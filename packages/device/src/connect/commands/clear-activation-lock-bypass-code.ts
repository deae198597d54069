import { acknowledged } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** @see apple:mdm/commands/device.activationlock.clearbypasscode.yaml */
export const clearActivationLockBypassCode: Answer = (_command, { model }) => {
  model.commanded.bypassCode = null
  return acknowledged()
}
