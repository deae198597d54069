import { acknowledged, cannot } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** @see apple:mdm/commands/application.redemptioncode.yaml */
export const applyRedemptionCode: Answer = ({ Identifier }, subject) =>
  subject.apps().some(({ bundleId }) => bundleId === Identifier) ? acknowledged() : cannot(2, 'The app is not managed')
