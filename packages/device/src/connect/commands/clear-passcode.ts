import { seededBytes } from '../../seeded.ts'
import { acknowledged, cannot } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** Only by the token that the device gave when it enrolled. @see apple:mdm/commands/passcode.clear.yaml */
export const clearPasscode: Answer = ({ UnlockToken }, subject) => {
  const { model, seed } = subject
  const given = UnlockToken instanceof Uint8Array ? Buffer.from(UnlockToken) : Buffer.alloc(0)
  if (!given.equals(Buffer.from(seededBytes(seed, 'unlock'))))
    return cannot(10, 'The unlock token is not of this device')
  model.passcode = { present: false, compliant: null, satisfied: [] }
  subject.changed()
  return acknowledged()
}
