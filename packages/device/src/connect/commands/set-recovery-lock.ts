import { acknowledged, cannot } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** An empty new password takes the lock away. @see apple:mdm/commands/passcode.recovery.set.yaml */
export const setRecoveryLock: Answer = ({ CurrentPassword, NewPassword }, { model }) => {
  const { commanded } = model
  if (commanded.recoveryLock !== null && CurrentPassword !== commanded.recoveryLock) {
    return cannot(18, 'The current password is wrong')
  }
  commanded.recoveryLock = typeof NewPassword === 'string' && NewPassword !== '' ? NewPassword : null
  return acknowledged()
}
