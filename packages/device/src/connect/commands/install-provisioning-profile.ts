import { seededUUID } from '../../seeded.ts'
import { acknowledged, cannot } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

const YEAR = 365 * 86_400_000

/** The profile is not looked into: its octets name it. @see apple:mdm/commands/profile.provisioning.install.yaml */
export const installProvisioningProfile: Answer = ({ ProvisioningProfile }, { model, now }) => {
  if (!(ProvisioningProfile instanceof Uint8Array)) return cannot(4, 'There is no profile in the command')
  const uuid = seededUUID(Buffer.from(ProvisioningProfile).toString('base64'), 'provisioning')
  model.commanded.provisioning[uuid] = { name: 'Provisioning profile', expires: new Date(now + YEAR).toISOString() }
  return acknowledged()
}
