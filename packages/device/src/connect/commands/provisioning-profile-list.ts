import { acknowledged } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** @see apple:mdm/commands/profile.provisioning.list.yaml */
export const provisioningProfileList: Answer = (_command, { model }) =>
  acknowledged({
    ProvisioningProfileList: Object.entries(model.commanded.provisioning).map(([UUID, { name, expires }]) => ({
      Name: name,
      UUID,
      ExpiryDate: new Date(expires),
    })),
  })
