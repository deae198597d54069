import { encodePlist, isPlistDict } from '@edict/protocol'
import { stateWord } from '../../content/app-state-word.ts'
import { acknowledged, cannot } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** Apps of declarations cannot be touched by commands. @see apple:mdm/commands/application.install.yaml */
export const installApplication: Answer = async (command, subject) => {
  const { Configuration, Attributes } = command
  const app = await subject.installApplication(command)
  if (app === 'declared') return cannot(9, 'The app belongs to a declaration')
  if (app === null) return cannot(1, 'The app cannot be made out')
  const { appConfigurations, appAttributes } = subject.model.commanded
  if (isPlistDict(Configuration)) appConfigurations[app.bundleId] = kept(Configuration)
  if (isPlistDict(Attributes)) appAttributes[app.bundleId] = kept(Attributes)
  return acknowledged({ Identifier: app.bundleId, State: stateWord(app) })
}

function kept(dictionary: Parameters<typeof encodePlist>[0]): string {
  return Buffer.from(encodePlist(dictionary)).toString('base64')
}
