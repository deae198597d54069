import { settingsConflict } from '../declaration/rules/settings-conflict.ts'
import type { Declared } from '../declared.ts'
import { closure } from '../manifest/closure.ts'
import type { CohortManifest } from '../manifest/cohort-manifest.ts'
import type { Problem } from '../problem.ts'

/** Configurations of a cohort that cannot both count on one device, less those that were so before. */
export function newSettingsConflicts(before: CohortManifest | null, after: CohortManifest): readonly Problem[] {
  const found = conflictsIn(after)
  if (found.length === 0) return found
  const known = new Set(before === null ? [] : conflictsIn(before).map(({ message }) => message))
  return found.filter(({ message }) => !known.has(message))
}

/** Less those of two members of one set: whoever wrote the set or the declarations was told. */
export function acrossSets(problems: readonly Problem[], { sets, declarations }: Declared): readonly Problem[] {
  if (problems.length === 0) return problems
  const closures = [...sets.values()].map((members) => closure(members, declarations))
  return problems.filter(
    ({ by = [] }) => !closures.some((members) => by.every((identifier) => members.has(identifier))),
  )
}

function conflictsIn({ bodies }: CohortManifest): readonly Problem[] {
  const members = new Map(bodies.map((body) => [body.identifier, body]))
  return settingsConflict({ members, onOneDevice: true }).map(({ problem }) => problem)
}
