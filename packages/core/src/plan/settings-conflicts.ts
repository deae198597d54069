import type { CohortKey } from '../assignment/cohort-key.ts'
import { wantedSets } from '../assignment/wanted-sets.ts'
import { settingsConflict } from '../declaration/rules/settings-conflict.ts'
import type { Declared } from '../declared.ts'
import { closure } from '../manifest/closure.ts'
import type { CohortManifest } from '../manifest/cohort-manifest.ts'
import type { Problem } from '../problem.ts'

/** Configurations of a cohort that cannot both count on one device, less those of which the same was said before. */
export function newSettingsConflicts(before: CohortManifest | null, after: CohortManifest): readonly Problem[] {
  const found = conflictsIn(after)
  if (found.length === 0) return found
  const known = new Set(before === null ? [] : conflictsIn(before).map(said))
  return found.filter((problem) => !known.has(said(problem)))
}

/** Less those that one set of the cohort has both of: whoever wrote the set was told. */
export function acrossSets(problems: readonly Problem[], key: CohortKey, declared: Declared): readonly Problem[] {
  if (problems.length === 0) return problems
  const sets = wantedSets(key, declared).map((name) => closure(declared.sets.get(name) ?? [], declared.declarations))
  return problems.filter(({ by = [] }) => !sets.some((members) => by.every((identifier) => members.has(identifier))))
}

function conflictsIn({ bodies }: CohortManifest): readonly Problem[] {
  const members = new Map(bodies.map((body) => [body.identifier, body]))
  return settingsConflict({ members, onOneDevice: true }).map(({ problem }) => problem)
}

function said({ severity, message }: Problem): string {
  return `${severity} ${message}`
}
