import { acknowledged } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** Simulated apps give none. @see apple:mdm/commands/managed.application.feedback.yaml */
export const managedApplicationFeedback: Answer = ({ Identifiers }, subject) => {
  const asked = Array.isArray(Identifiers) ? Identifiers : []
  const managed = subject.apps().filter(({ bundleId }) => asked.includes(bundleId))
  return acknowledged({ ManagedApplicationFeedback: managed.map(({ bundleId }) => ({ Identifier: bundleId })) })
}
