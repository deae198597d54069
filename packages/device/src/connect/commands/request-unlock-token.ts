import { seededBytes } from '../../seeded.ts'
import { acknowledged } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** @see apple:mdm/commands/passcode.unlocktoken.yaml */
export const requestUnlockToken: Answer = (_command, { seed }) =>
  acknowledged({ UnlockToken: seededBytes(seed, 'unlock') })
