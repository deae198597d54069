import { seededUUID } from '../../seeded.ts'
import { acknowledged, cannot } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** Of an administrator whom AccountConfiguration made; DeviceInformation tells the GUID. @see apple:mdm/commands/set.auto.admin.password.yaml */
export const setAutoAdminPassword: Answer = ({ GUID, passwordHash }, { model, seed }) => {
  const admins = model.commanded.accounts?.AutoSetupAdminAccounts
  const names = Array.isArray(admins) ? admins.map((admin) => String((admin as { shortName?: unknown }).shortName)) : []
  if (!names.some((name) => seededUUID(seed, 'admin', name) === GUID))
    return cannot(14, 'There is no such administrator')
  const hash = passwordHash instanceof Uint8Array ? passwordHash : new Uint8Array()
  model.commanded.adminPasswords[String(GUID)] = Buffer.from(hash).toString('base64')
  return acknowledged()
}
