import { compareVersions } from '@edict/catalogue'
import { unavailable } from '../../eligibility/available.ts'
import { targetDeclares } from '../../eligibility/can-declare.ts'
import { targetName } from '../../eligibility/target-name.ts'
import { refusal, warning } from '../../problem.ts'
import type { CommandProposal, CommandRule } from '../command-proposal.ts'
import { insteadOf } from '../instead-of.ts'

/**
 * The channel has the command: its platform, version, supervision, enrollment and kind of channel. What is not known excludes
 * nothing. One that Apple is about to take away is warned of.
 *
 * @see apple:docs/schema.yaml (supportedOS)
 */
export const commandAvailable: CommandRule = (proposal) => {
  const { requestType, target } = proposal
  const reason = unavailableTo(proposal)
  const instead = insteadOf(requestType)
  const evidence = { at: '/RequestType', found: requestType }
  if (reason !== undefined) {
    return [
      refusal('command-unavailable', `Cannot send ${requestType} to ${targetName(target)}: ${reason}`, {
        ...evidence,
        expected: 'a command that this channel has',
        remedy: instead ?? 'look at docs/support/commands.md for where it is available',
      }),
    ]
  }
  const since = deprecatedSince(proposal)
  if (since === undefined) return []
  return [
    warning('command-deprecated', `Cannot rely on ${requestType}: it is deprecated since ${target.platform} ${since}`, {
      ...evidence,
      expected: 'a command that Apple keeps',
      ...(instead === undefined ? {} : { remedy: instead }),
    }),
  ]
}

function unavailableTo({ requestType, facts, target }: CommandProposal): string | undefined {
  if (facts === undefined) return undefined
  if (requestType === 'DeclarativeManagement' && !targetDeclares(target)) {
    return `its OS has no declarative management in this kind of enrollment`
  }
  return unavailable(requestType, facts.availability, target)
}

function deprecatedSince({ facts, target: { platform, osVersion } }: CommandProposal): string | undefined {
  const deprecated = platform === null ? undefined : facts?.availability[platform]?.deprecated
  if (deprecated === undefined) return undefined
  return osVersion === null || compareVersions(osVersion, deprecated) >= 0 ? deprecated : undefined
}
