import { type CommandAnswer, refused } from './command-answer.ts'

/** Of what only a device in lost mode does. */
export function notLost(): CommandAnswer {
  return refused('MCMDMErrorDomain', 12067, 'The device is not in lost mode')
}
