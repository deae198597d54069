import { acknowledged, acknowledgedThen, cannot } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** Removing the enrollment profile ends the management. @see apple:mdm/commands/profile.remove.yaml */
export const removeProfile: Answer = ({ Identifier }, subject) => {
  if (Identifier === subject.enrollmentProfile) return acknowledgedThen(() => subject.unenroll())
  const { profiles } = subject.model.commanded
  const installed = profiles[subject.id] ?? []
  if (subject.profiles().some(({ identifier }) => identifier === Identifier)) {
    return cannot(7, 'The profile belongs to a declaration')
  }
  if (!installed.some(({ identifier }) => identifier === Identifier)) return cannot(8, 'There is no such profile')
  profiles[subject.id] = installed.filter(({ identifier }) => identifier !== Identifier)
  subject.changed()
  return acknowledged()
}
