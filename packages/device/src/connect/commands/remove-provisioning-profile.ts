import { acknowledged, cannot } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** @see apple:mdm/commands/profile.provisioning.remove.yaml */
export const removeProvisioningProfile: Answer = ({ UUID }, { model }) => {
  const { provisioning } = model.commanded
  if (typeof UUID !== 'string' || !Object.hasOwn(provisioning, UUID)) return cannot(8, 'There is no such profile')
  delete provisioning[UUID]
  return acknowledged()
}
