import { acknowledgedThen } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** The device, or a user of it, goes on. @see apple:mdm/commands/device.configured.yaml, apple:mdm/commands/user.configured.yaml */
export const deviceConfigured: Answer = (_command, subject) => acknowledgedThen(() => subject.deviceConfigured())
