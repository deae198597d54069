import { acknowledged, cannot } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** @see apple:mdm/commands/device.activationlock.bypasscode.yaml */
export const activationLockBypassCode: Answer = (_command, { model }) => {
  const { bypassCode } = model.commanded
  return bypassCode === null
    ? cannot(12, 'There is no bypass code')
    : acknowledged({ ActivationLockBypassCode: bypassCode })
}
