import { acknowledged } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** @see apple:mdm/commands/remotedesktop.enable.yaml */
export const enableRemoteDesktop: Answer = (_command, { model }) => {
  model.commanded.remoteDesktop = true
  return acknowledged()
}
