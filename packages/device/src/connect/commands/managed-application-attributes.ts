import { acknowledged } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'
import { keptPlists } from '../kept-plists.ts'

/** @see apple:mdm/commands/managed.application.attributes.yaml */
export const managedApplicationAttributes: Answer = ({ Identifiers }, { model }) =>
  acknowledged({
    ApplicationAttributes: keptPlists(model.commanded.appAttributes, Identifiers).map(([Identifier, Attributes]) => ({
      Identifier,
      Attributes,
    })),
  })
