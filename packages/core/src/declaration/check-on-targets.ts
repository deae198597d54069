import type { Declared } from '../declared.ts'
import type { Reached } from '../eligibility/eligibility.ts'
import type { Problem } from '../problem.ts'
import { type DeclarationVersion, payloadOf } from './declaration.ts'
import { walkPayload } from './payload/walk-payload.ts'
import { activationAllOrNothing } from './rules/activation-all-or-nothing.ts'
import { payloadKeyDeprecated } from './rules/payload-key-deprecated.ts'
import { payloadKeyUnavailable } from './rules/payload-key-unavailable.ts'
import { predicateValid } from './rules/predicate-valid.ts'
import { typeAvailable } from './rules/type-available.ts'

/** Of a declaration that is kept already, what its targets do not have; what else is wrong with it was said when it was written. */
export function checkOnTargets(
  version: DeclarationVersion,
  declared: Declared,
  targets: readonly Reached[],
): readonly Problem[] {
  const { identifier, type } = version
  const draft = { identifier, type, payload: payloadOf(version), extra: {} }
  const proposal = { draft, version, before: declared, targets }
  const missing = typeAvailable(proposal)
  const inPayload: Problem[] = []
  walkPayload(draft, (place) => {
    inPayload.push(...payloadKeyUnavailable(place, proposal), ...payloadKeyDeprecated(place, proposal))
  })
  return [
    ...missing,
    ...inPayload,
    ...activationAllOrNothing(proposal),
    ...predicateValid(proposal).filter(({ code }) => code === 'item-unavailable-on-target'),
  ]
}
