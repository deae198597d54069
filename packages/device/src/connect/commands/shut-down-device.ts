import { acknowledgedThen } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** @see apple:mdm/commands/device.shutdown.yaml */
export const shutDownDevice: Answer = (_command, subject) => acknowledgedThen(() => subject.shutDown())
