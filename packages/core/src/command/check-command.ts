import { commands } from '@edict/catalogue'
import type { JsonObject } from '@edict/protocol'
import type { Target } from '../eligibility/eligibility.ts'
import type { Problem } from '../problem.ts'
import type { CommandRule } from './command-proposal.ts'
import { commandAvailable } from './rules/command-available.ts'
import { keysSound } from './rules/keys-sound.ts'
import { oneOfKeys } from './rules/one-of-keys.ts'
import { requestTypeKnown } from './rules/request-type-known.ts'

const rules: readonly CommandRule[] = [requestTypeKnown, commandAvailable, oneOfKeys, keysSound]

/**
 * What stands against sending a command to a channel, all at once. Errors block, warnings are shown.
 *
 * @param command in the JSON of the admin API, where data is `{"$data": base64}`
 * @param target what is known of the channel; what is not known excludes nothing
 */
export function checkCommand(
  { RequestType: requestType, ...keys }: JsonObject & { readonly RequestType: string },
  target: Target,
): readonly Problem[] {
  const proposal = { requestType, keys, facts: commands.get(requestType), target }
  return rules.flatMap((rule) => rule(proposal))
}
