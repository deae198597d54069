import { acknowledged } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** @see apple:mdm/commands/remotedesktop.disable.yaml */
export const disableRemoteDesktop: Answer = (_command, { model }) => {
  model.commanded.remoteDesktop = false
  return acknowledged()
}
