import { commands, nearest } from '@edict/catalogue'
import { refusal } from '../../problem.ts'
import type { CommandRule } from '../command-proposal.ts'

/**
 * The RequestType is one of Apple's; a device answers another with MCMDMErrorDomain 12021. One that is newer than the catalogue
 * can be sent by an override.
 */
export const requestTypeKnown: CommandRule = ({ requestType, facts }) => {
  if (facts !== undefined) return []
  const known = [...commands.keys()]
  const meant = known.find((other) => other.toLowerCase() === requestType.toLowerCase()) ?? nearest(requestType, known)
  return [
    refusal('command-unknown', `Cannot send ${requestType}: Apple's schema has no such command`, {
      at: '/RequestType',
      found: requestType,
      expected: 'a RequestType of Apple',
      remedy: meant === undefined ? 'look at docs/support/commands.md' : `perhaps ${meant} was meant`,
    }),
  ]
}
