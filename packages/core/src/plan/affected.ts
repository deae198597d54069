import { wantedSets } from '../assignment/wanted-sets.ts'
import type { Declared } from '../declared.ts'
import { closure } from '../manifest/closure.ts'
import type { Cohort } from './cohort.ts'

/** The cohorts whose common half an edit may change: a cheap answer that may name too many, never too few. */
export function affectedCohorts(cohorts: readonly Cohort[], before: Declared, after: Declared): readonly Cohort[] {
  if (before.settings !== after.settings) return cohorts
  const dirty = dirtySets(before, after)
  return cohorts.filter(({ key }) => {
    const was = wantedSets(key, before)
    const is = wantedSets(key, after)
    return was.join() !== is.join() || is.some((name) => dirty.has(name))
  })
}

/** Sets whose members, or what those imply, changed. */
function dirtySets(before: Declared, after: Declared): ReadonlySet<string> {
  const changed = changedKeys(before.declarations, after.declarations)
  const dirty = new Set(changedKeys(before.sets, after.sets))
  if (changed.size === 0) return dirty
  for (const declared of [before, after]) {
    for (const [name, members] of declared.sets) {
      if (dirty.has(name)) continue
      const implied = closure(members, declared.declarations)
      if ([...changed].some((identifier) => implied.has(identifier))) dirty.add(name)
    }
  }
  return dirty
}

function changedKeys<V>(before: ReadonlyMap<string, V>, after: ReadonlyMap<string, V>): ReadonlySet<string> {
  if (before === after) return new Set()
  const keys = new Set([...before.keys(), ...after.keys()])
  return new Set([...keys].filter((key) => before.get(key) !== after.get(key)))
}
