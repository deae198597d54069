import { OWN_PROPERTIES } from '../declaration/generated.ts'
import type { CohortManifest } from '../manifest/cohort-manifest.ts'
import { type Problem, refusal } from '../problem.ts'

/**
 * A key that two sources would give one device: one of the values would be chosen arbitrarily there, so the change is
 * refused, naming both.
 *
 * @see apple:declarative/declarations/management/properties.yaml
 */
export function propertyConflict(key: string, sources: readonly string[]): Problem {
  return refusal(
    'conflict-properties',
    `Cannot give property ${key} twice to one device: by ${sources.join(' and by ')}`,
    {
      at: `/${key}`,
      found: key,
      expected: 'one source for each property of a device',
      remedy: 'take the key from one of the two',
      by: sources,
    },
  )
}

/** Keys that two declarations of a cohort both carry and did not before. */
export function newDuplicates(before: CohortManifest | null, after: CohortManifest): readonly Problem[] {
  return [...after.properties].flatMap(([key, sources]) => {
    const known = before?.properties.get(key) ?? []
    const news = sources.length > 1 && sources.some((source) => !known.includes(source))
    return news ? [propertyConflict(key, sources)] : []
  })
}

/** Keys of an enrollment's own values that its cohort's declarations carry too, less those that were so before. */
export function newOverlaps(
  enrollment: string,
  before: { readonly manifest: CohortManifest | null; readonly keys: readonly string[] },
  after: { readonly manifest: CohortManifest; readonly keys: readonly string[] },
): readonly Problem[] {
  return after.keys.flatMap((key) => {
    const sources = after.manifest.properties.get(key) ?? []
    const known = before.keys.includes(key) ? (before.manifest?.properties.get(key) ?? []) : []
    const news = sources.filter((source) => !known.includes(source))
    return news.length === 0 ? [] : [propertyConflict(key, [...news, `${OWN_PROPERTIES} of ${enrollment}`])]
  })
}

/** A key that a cohort's declarations begin to carry: nobody in the cohort may have it as an own value. */
export interface PropertyClaim {
  readonly cohort: string
  readonly key: string
  readonly declaration: string
}

export function newClaims(
  cohort: string,
  before: CohortManifest | null,
  after: CohortManifest,
): readonly PropertyClaim[] {
  return [...after.properties].flatMap(([key, sources]) =>
    sources
      .filter((source) => !(before?.properties.get(key) ?? []).includes(source))
      .map((declaration) => ({ cohort, key, declaration })),
  )
}

/** The conflict when an enrollment holds a claimed key. */
export function claimConflict(claim: PropertyClaim, enrollment: string): Problem {
  return propertyConflict(claim.key, [claim.declaration, `${OWN_PROPERTIES} of ${enrollment}`])
}
