import { acknowledged } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** @see apple:mdm/commands/passcode.recovery.verify.yaml */
export const verifyRecoveryLock: Answer = ({ Password }, { model }) =>
  acknowledged({ PasswordVerified: model.commanded.recoveryLock !== null && Password === model.commanded.recoveryLock })
