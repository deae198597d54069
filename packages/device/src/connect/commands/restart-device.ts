import { acknowledgedThen } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** @see apple:mdm/commands/device.restart.yaml */
export const restartDevice: Answer = (_command, subject) => acknowledgedThen(() => subject.restart())
