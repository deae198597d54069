import { acknowledged } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'
import { keptPlists } from '../kept-plists.ts'

/** @see apple:mdm/commands/managed.application.configuration.yaml */
export const managedApplicationConfiguration: Answer = ({ Identifiers }, { model }) =>
  acknowledged({
    ApplicationConfigurations: keptPlists(model.commanded.appConfigurations, Identifiers).map(
      ([Identifier, Configuration]) => ({ Identifier, Configuration }),
    ),
  })
