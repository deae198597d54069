import type { PlistDict } from '@edict/protocol'
import { stateWord } from '../../content/app-state-word.ts'
import { acknowledged } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** By bundle identifier, without the apps of declarations. @see apple:mdm/commands/application.managed.list.yaml */
export const managedApplicationList: Answer = ({ Identifiers }, subject) => {
  const list: Record<string, PlistDict> = {}
  for (const app of subject.apps()) {
    if (app.declaration !== null || (Array.isArray(Identifiers) && !Identifiers.includes(app.bundleId))) continue
    list[app.bundleId] = {
      Status: stateWord(app),
      ManagementFlags: 0,
      UnusedRedemptionCode: '',
      HasConfiguration: app.bundleId in subject.model.commanded.appConfigurations,
      HasFeedback: false,
      IsValidated: true,
      ExternalVersionIdentifier: app.externalVersionId,
    }
  }
  return acknowledged({ ManagedApplicationList: list })
}
