import { type DeclarationFacts, declarationTypes, platforms } from '@edict/catalogue'
import { ineligible } from '../../eligibility/available.ts'
import type { Reached } from '../../eligibility/eligibility.ts'
import { targetName } from '../../eligibility/target-name.ts'
import { warning } from '../../problem.ts'
import { references } from '../references.ts'
import type { Rule } from '../rule.ts'

interface Missing {
  readonly facts: DeclarationFacts
  readonly identifier: string
  readonly at: string
  readonly where: string
}

/**
 * An activation of several configurations stays inactive as a whole where one of them is not supported. Each is looked at on
 * the targets, or without any, on all platforms: then it is only said when no platform has them all.
 *
 * @see apple:declarative/declarations/declarationbase.yaml (Error.MissingConfigurations)
 */
export const activationAllOrNothing: Rule = ({ draft, version, before, targets }) => {
  if (version.kind !== 'activation') return []
  const listed = references(draft.type, draft.payload).flatMap(({ to, at }) => {
    const facts = declarationTypes.get(before.declarations.get(to)?.type ?? '')
    return facts === undefined ? [] : [{ identifier: to, at, facts }]
  })
  if (listed.length < 2) return []
  const missing = targets === undefined ? nowhereTogether(listed) : onTargets(listed, targets)
  return missing.map(({ identifier, at, where }) =>
    warning(
      'activation-all-or-nothing',
      `Cannot activate anything of ${draft.identifier} ${where}: it lists ${identifier}`,
      {
        at,
        found: identifier,
        expected: 'configurations that each target has',
        remedy: `write one activation per configuration: ${listed.map((other) => other.identifier).join(', ')}`,
        by: listed.map((other) => other.identifier),
      },
    ),
  )
}

type Listed = Omit<Missing, 'where'>

function onTargets(listed: readonly Listed[], targets: readonly Reached[]): readonly Missing[] {
  const lacks = ({ facts }: Listed, target: Reached) =>
    ineligible(facts.type, target, target.reported ?? null) !== undefined
  return listed.flatMap((one) => {
    const where = targets.filter((target) => lacks(one, target) && !listed.every((other) => lacks(other, target)))
    return where.length === 0 ? [] : [{ ...one, where: `on ${where.map(targetName).join('; ')}` }]
  })
}

function nowhereTogether(listed: readonly Listed[]): readonly Missing[] {
  if (platforms.some((platform) => listed.every(({ facts }) => platform in facts.availability))) return []
  const [first, ...others] = listed
  const apart = others.find(({ facts }) =>
    platforms.every((p) => !(first && p in first.facts.availability && p in facts.availability)),
  )
  const one = apart ?? others.at(-1)
  return one === undefined ? [] : [{ ...one, where: 'on any platform' }]
}
