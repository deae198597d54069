import { byCodeUnit } from '../canonical.ts'
import type { Declared } from '../declared.ts'
import { appliesToOwn, appliesToUser } from './applies.ts'
import type { CohortKey, OwnSet } from './cohort-key.ts'

/** The sets that a cohort's channels are meant to hold, sorted. An exclusion wins wherever it was made. */
export function wantedSets(key: CohortKey, declared: Declared): readonly string[] {
  const given = sources(key, declared)
  const excluded = new Set(given.filter((item) => item.exclude).map((item) => item.set))
  const wanted = new Set(given.filter((item) => !item.exclude && !excluded.has(item.set)).map((item) => item.set))
  return [...wanted].filter((name) => declared.sets.has(name)).sort(byCodeUnit)
}

function sources(key: CohortKey, declared: Declared): readonly OwnSet[] {
  const { channel } = key.eligibility
  return [
    ...key.own,
    ...key.groups.flatMap((group) => (declared.groups.get(group) ?? []).filter((a) => appliesToOwn(a, channel))),
    ...key.deviceGroups.flatMap((group) => (declared.groups.get(group) ?? []).filter(appliesToUser)),
  ]
}
