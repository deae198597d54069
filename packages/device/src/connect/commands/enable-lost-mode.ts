import type { PlistValue } from '@edict/protocol'
import { acknowledged, cannot } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** @see apple:mdm/commands/device.lostmode.enable.yaml */
export const enableLostMode: Answer = ({ Message, PhoneNumber, Footnote }, { model }) => {
  if (typeof Message !== 'string' && typeof PhoneNumber !== 'string') {
    return cannot(11, 'Lost mode needs a message or a phone number')
  }
  model.commanded.lostMode = { message: text(Message), phoneNumber: text(PhoneNumber), footnote: text(Footnote) }
  return acknowledged()
}

function text(value: PlistValue | undefined): string | null {
  return typeof value === 'string' ? value : null
}
