import { commandPayload } from '@edict/catalogue'
import { marked } from '../../declaration/payload/notation.ts'
import type { PayloadRule } from '../../declaration/payload/payload-place.ts'
import { walkValue } from '../../declaration/payload/walk-payload.ts'
import { payloadKeyCase } from '../../declaration/rules/payload-key-case.ts'
import { payloadKeyDeprecated } from '../../declaration/rules/payload-key-deprecated.ts'
import { payloadKeyUnavailable } from '../../declaration/rules/payload-key-unavailable.ts'
import { payloadKeyUnknown } from '../../declaration/rules/payload-key-unknown.ts'
import { payloadPresence } from '../../declaration/rules/payload-presence.ts'
import { payloadRange } from '../../declaration/rules/payload-range.ts'
import { payloadType } from '../../declaration/rules/payload-type.ts'
import type { Problem } from '../../problem.ts'
import type { CommandRule } from '../command-proposal.ts'
import { CONCEALED, secretKeys } from '../conceal.ts'
import { choiceAvailable } from './choice-available.ts'
import { itemKnown } from './item-known.ts'
import { pinFormat } from './pin-format.ts'

/** The checks of declarations that hold for the keys of commands too, and those that only commands need. */
const rules: readonly PayloadRule[] = [
  payloadRange,
  pinFormat,
  payloadKeyCase,
  payloadKeyUnknown,
  payloadPresence,
  payloadKeyUnavailable,
  payloadKeyDeprecated,
  itemKnown,
  choiceAvailable,
]

/**
 * Every check of the keys of a command against Apple's schema, in one walk. Of a wrong type nothing more is said. An InstallProfile
 * without its Payload renews the identity: the server puts the profile in when it sends it.
 */
export const keysSound: CommandRule = ({ requestType, keys, facts, target }) => {
  const known = commandPayload(requestType)
  if (facts === undefined || known === undefined) return []
  const subject = { draft: { type: requestType }, targets: [target] }
  const { availability } = facts
  const top = { value: keys, facts: known, notation: marked, at: '', name: requestType, path: [], availability }
  const problems: Problem[] = []
  const secret = new Set(secretKeys.get(requestType))
  walkValue({ ...top, around: availability }, (place) => {
    const wrong = payloadType(place, subject)
    const found = wrong.length > 0 ? wrong : rules.flatMap((rule) => rule(place, subject))
    problems.push(...(secret.has(place.path.join('.')) ? found.map((problem) => discreet(problem, place.name)) : found))
  })
  return requestType === 'InstallProfile' ? problems.filter(({ code }) => code !== 'payload-presence') : problems
}

/** A problem of a secret: what was written is not repeated, for problems are kept and shown. */
function discreet({ remedy: _, ...problem }: Problem, name: string): Problem {
  const { expected } = problem
  const message = `Cannot use this ${name}${expected === undefined ? '' : `: it has to be ${expected}`}`
  return { ...problem, message, found: CONCEALED }
}
