import { acknowledgedThen } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** @see apple:mdm/commands/declarativemanagement.yaml */
export const declarativeManagement: Answer = ({ Data }, subject) =>
  acknowledgedThen(() => subject.declarativeManagement(Data instanceof Uint8Array ? Data : undefined))
