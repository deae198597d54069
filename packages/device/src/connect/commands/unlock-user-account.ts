import { acknowledged, cannot } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** @see apple:mdm/commands/user.unlock.yaml */
export const unlockUserAccount: Answer = ({ UserName }, subject) =>
  subject.users().some(({ shortName }) => shortName === UserName) ? acknowledged() : cannot(16, 'There is no such user')
