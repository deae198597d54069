import { acknowledged, cannot } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** @see apple:mdm/commands/application.remove.yaml */
export const removeApplication: Answer = ({ Identifier }, subject) => {
  if (typeof Identifier !== 'string' || !subject.removeApplication(Identifier))
    return cannot(2, 'The app is not managed')
  delete subject.model.commanded.appConfigurations[Identifier]
  delete subject.model.commanded.appAttributes[Identifier]
  return acknowledged()
}
