import type { JsonObject } from '@edict/protocol'
import { type CohortKey, cohortId, cohortKey } from '../assignment/cohort-key.ts'
import type { Membership } from '../assignment/membership.ts'
import type { Declared } from '../declared.ts'
import type { CapabilitiesByHash } from '../eligibility/eligibility.ts'
import { type Enrollment, eligibilityOf } from '../enrollment/enrollment.ts'
import type { Instant } from '../instant.ts'
import { type CohortManifest, cohortManifest } from '../manifest/cohort-manifest.ts'
import type { OwnValues } from '../manifest/manifest.ts'
import { asksForParticulars, declarationsToken, ownToken } from '../manifest/token.ts'
import { distinct, type Problem } from '../problem.ts'
import { behind } from '../sync/behind.ts'
import { changedAt, wantedSince } from '../sync/timestamp.ts'
import { type Particulars, particularsOf, particularsToken } from '../variable/particulars.ts'
import type { Cohort, CohortChange } from './cohort.ts'
import { newDuplicates, newOverlaps } from './property-conflicts.ts'
import type { Entered } from './reach.ts'
import { acrossSets, newSettingsConflicts } from './settings-conflicts.ts'

/** A channel with all that decides what it should hold. */
export interface Placed {
  readonly enrollment: Enrollment
  readonly membership: Membership
  readonly properties: JsonObject
}

/** One channel before and after. `before` is null for a channel that was not there. */
export interface Move {
  readonly before: (Placed & { readonly cohort: Cohort }) | null
  readonly after: Placed
}

/** Where channels belong after something changed about them. */
export interface Placement {
  /** Every channel of the moves, with its cohort, own token and since as they will be. */
  readonly enrollments: readonly Enrollment[]
  /** Those of them whose wanted token changes. */
  readonly moved: readonly string[]
  /** Whom to wake for it: those, and who leaves a cohort while behind, for a wake of that cohort does not find it there any more. */
  readonly woken: readonly string[]
  /** The cohorts that channels go to; such as exist already are kept by the store as they are. */
  readonly cohorts: readonly CohortChange[]
  /** The own values and the particulars that channels go to, by token. */
  readonly values: ReadonlyMap<string, OwnValues | Particulars>
  readonly problems: readonly Problem[]
  /** What cohorts have that channels go to, and what those channels had: each pair of cohorts once. */
  readonly entered: readonly Entered[]
}

/**
 * What is declared does not change here: only which cohort and which own values each channel has. A channel that keeps both
 * costs a hash; the others a manifest for each cohort that they leave or enter.
 *
 * @param by the revision that an administrator makes with it; null when it follows from what devices say
 */
export function place(
  moves: readonly Move[],
  declared: Declared,
  capabilities: CapabilitiesByHash,
  now: Instant,
  by: number | null = null,
): Placement {
  const manifests = new Map<string, CohortManifest>()
  const manifestOf = (id: string, key: CohortKey): CohortManifest => {
    const hash = key.eligibility.capabilities
    const made =
      manifests.get(id) ?? cohortManifest(key, declared, hash === null ? null : (capabilities.get(hash) ?? null))
    manifests.set(id, made)
    return made
  }
  const cohorts = new Map<string, CohortChange>()
  const values = new Map<string, OwnValues | Particulars>()
  const enrollments: Enrollment[] = []
  const moved: string[] = []
  const woken: string[] = []
  const problems: Problem[] = []
  const entered = new Map<string, Entered>()
  for (const { before, after } of moves) {
    const key = cohortKey(eligibilityOf(after.enrollment), after.membership)
    const id = cohortId(key)
    const own = { properties: after.properties }
    const token = ownToken(own)
    const facts = particularsOf(after.enrollment)
    const particulars = particularsToken(facts)
    const places = { cohort: id, own: token, particulars }
    if (before?.enrollment.particulars !== particulars) values.set(particulars, facts)
    if (before?.cohort.id === id && isSame(before, places)) {
      enrollments.push({ ...after.enrollment, ...places, since: before.enrollment.since })
      continue
    }
    const manifest = manifestOf(id, key)
    cohorts.set(id, newCohort(id, key, manifest, declared, now))
    values.set(token, own)
    const was = before === null ? null : { manifest: manifestOf(before.cohort.id, before.cohort.key), ...before }
    if (before?.cohort.id !== id) {
      const hash = key.eligibility.capabilities
      const reported = hash === null ? null : (capabilities.get(hash) ?? null)
      entered.set(`${before?.cohort.id} ${id}`, { key, reported, was: was?.manifest ?? null, manifest })
    }
    problems.push(
      ...newDuplicates(was?.manifest ?? null, manifest),
      ...acrossSets(newSettingsConflicts(was?.manifest ?? null, manifest), key, declared),
      ...newOverlaps(
        after.enrollment.id,
        { manifest: was?.manifest ?? null, keys: keysOf(was) },
        { manifest, keys: keysOf(after) },
      ),
    )
    const changed = was === null || was.cohort.common !== manifest.half.token || !isSame(was, places)
    const since = changedAt(now, previousSince(was))
    const { changedBy: _earlier, ...enrollment } = after.enrollment
    enrollments.push({ ...enrollment, ...places, since, ...(by === null ? {} : { changedBy: by }) })
    if (changed) moved.push(after.enrollment.id)
    if (changed || isBehind(enrollments.at(-1), manifest, now)) woken.push(after.enrollment.id)
  }
  return {
    enrollments,
    moved,
    woken,
    cohorts: [...cohorts.values()],
    values,
    problems: distinct(problems),
    entered: [...entered.values()],
  }
}

function newCohort(
  id: string,
  key: CohortKey,
  manifest: CohortManifest,
  declared: Declared,
  now: Instant,
): CohortChange {
  const { half, leftOut } = manifest
  const since = changedAt(now, null)
  return {
    cohort: { id, key, common: half.token, since, revision: declared.revision, leftOut },
    manifest,
    before: null,
  }
}

function isBehind(enrollment: Enrollment | undefined, { half }: CohortManifest, now: Instant): boolean {
  return enrollment !== undefined && behind(enrollment.sync, declarationsToken(half.token, enrollment), now)
}

/** Whether a channel that stays in its cohort has what its manifest is made from. */
function isSame(
  { cohort, enrollment }: { readonly cohort: Cohort; readonly enrollment: Enrollment },
  { own, particulars }: Pick<Enrollment, 'own' | 'particulars'>,
): boolean {
  if (enrollment.own !== own) return false
  return enrollment.particulars === particulars || !asksForParticulars(cohort.common)
}

function keysOf(placed: Pick<Placed, 'properties'> | null): readonly string[] {
  return placed === null ? [] : Object.keys(placed.properties)
}

function previousSince(was: { readonly cohort: Cohort; readonly enrollment: Enrollment } | null): Instant | null {
  return was === null ? null : wantedSince(was.cohort.since, was.enrollment.since)
}
