import { checkIdle, checkPairs } from '../declaration/check-together.ts'
import { membersOf } from '../declaration/members-of.ts'
import type { Finding } from '../declaration/rule.ts'
import { settingsConflict } from '../declaration/rules/settings-conflict.ts'
import type { Declared } from '../declared.ts'
import type { Problem } from '../problem.ts'

/**
 * What stands against declarations as the members of one set, with all that they imply: what contradicts each other on a
 * device, and what nothing that is declared would ever use. Property keys are looked at where devices get the set.
 */
export function checkSet(identifiers: readonly string[], { declarations }: Declared): readonly Problem[] {
  const members = membersOf(identifiers, declarations)
  const idle = checkIdle({ members: declarations, onOneDevice: false }).filter(({ of }) => members.has(of))
  const together = { members, onOneDevice: true }
  return [...idle, ...settingsConflict(together), ...checkPairs(together)].map((finding) =>
    atMember(finding, identifiers),
  )
}

/** What an activation does to others of the sets that have it; those problems are told of that are about it. */
export function checkAmong(identifier: string, { declarations, sets }: Declared): readonly Problem[] {
  if (declarations.get(identifier)?.kind !== 'activation') return []
  return [...sets.values()].flatMap((set) => {
    const members = membersOf(set, declarations)
    if (!members.has(identifier)) return []
    return checkPairs({ members, onOneDevice: true })
      .filter(({ of, problem }) => of === identifier || problem.by?.includes(identifier))
      .map(({ problem: { at, ...problem }, of }) =>
        of === identifier && at !== undefined ? { ...problem, at } : problem,
      )
  })
}

/** A set is written as a list of Identifiers: a problem is at the one that is listed, or at none. */
function atMember({ of, problem }: Finding, identifiers: readonly string[]): Problem {
  const { at: _inside, ...rest } = problem
  const index = identifiers.indexOf(of)
  return index < 0 ? rest : { ...rest, at: `/declarations/${index}` }
}
