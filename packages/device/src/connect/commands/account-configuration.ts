import { acknowledged, cannot } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'
import { plistJson } from '../plist-json.ts'

/** Only while Setup Assistant waits for DeviceConfigured. @see apple:mdm/commands/account.configuration.yaml */
export const accountConfiguration: Answer = ({ RequestType: _, ...keys }, { model }) => {
  if (!model.awaitingConfiguration) return cannot(13, 'The device is not awaiting configuration')
  model.commanded.accounts = plistJson(keys)
  return acknowledged()
}
