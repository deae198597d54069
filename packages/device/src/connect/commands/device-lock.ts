import { acknowledged } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** A Mac starts anew and asks for the PIN; others show the lock screen. @see apple:mdm/commands/device.lock.yaml */
export const deviceLock: Answer = (_command, subject) => {
  const answer = acknowledged({ MessageResult: 'Success' })
  return subject.traits.platform === 'macOS' && answer.Status === 'Acknowledged'
    ? { ...answer, afterwards: () => subject.restart() }
    : answer
}
