import type { ClientCapabilities, Json } from '@edict/protocol'
import { canonical } from '../canonical.ts'
import type { CheckOptions } from '../declaration/check.ts'
import type { Declared } from '../declared.ts'
import type { CapabilitiesByHash } from '../eligibility/eligibility.ts'
import type { Instant } from '../instant.ts'
import { type CohortManifest, cohortManifest } from '../manifest/cohort-manifest.ts'
import { distinct, overridden, type Problem } from '../problem.ts'
import { changedAt } from '../sync/timestamp.ts'
import { affectedCohorts } from './affected.ts'
import { applyEdit } from './apply.ts'
import type { Cohort, CohortChange } from './cohort.ts'
import type { Edit } from './edit.ts'
import { newClaims, newDuplicates, type PropertyClaim } from './property-conflicts.ts'
import { reachProblems, targetsOf } from './reach.ts'
import { acrossSets, newSettingsConflicts } from './settings-conflicts.ts'

/** What an edit is planned on. */
export interface Ground {
  readonly declared: Declared
  readonly cohorts: readonly Cohort[]
  readonly capabilities: CapabilitiesByHash
  /** Keys that some enrollment has as own properties; absent when nobody asked. */
  readonly properties?: ReadonlySet<string>
}

/** What would happen, as a value: it is shown, and it is what a commit writes. */
export interface Plan {
  readonly before: Declared
  readonly after: Declared
  /** Cohorts whose common half or left-out list changes. */
  readonly cohorts: readonly CohortChange[]
  /** Property keys of which the store must say that no member of the cohort has them as own values. */
  readonly claims: readonly PropertyClaim[]
  readonly problems: readonly Problem[]
}

/**
 * State + edit → new state, effects, problems. Its cost grows with declarations and cohorts, not with devices. An edit that
 * is refused, or changes nothing, leaves `after` to be `before`: no revision is made of it.
 */
export function plan(ground: Ground, edit: Edit, now: Instant): Plan {
  const before = ground.declared
  const applied = applyEdit(before, edit, knownOf(ground, edit))
  const { problems } = applied
  if (applied.after === before) return { before, after: before, cohorts: [], claims: [], problems }
  const after = { ...applied.after, revision: before.revision + 1 }
  const changes = affectedCohorts(ground.cohorts, before, applied.after).map((cohort) => {
    const capabilities = capabilitiesOf(cohort, ground.capabilities)
    const was = cohortManifest(cohort.key, before, capabilities)
    return { stored: cohort, was, reported: capabilities, ...recompute(cohort, after, capabilities, now) }
  })
  const duplicates = changes.flatMap(({ was, manifest }) => newDuplicates(was, manifest))
  const conflicts = conflictsOf(edit, changes, after)
  const entered = changes.map(({ cohort: { key }, reported, was, manifest }) => ({ key, reported, was, manifest }))
  const written = edit.kind === 'put-declaration' ? edit.draft.identifier : undefined
  const reach = reachProblems(entered, after, ground.properties, written).map((problem) => atMember(edit, problem))
  return {
    before,
    after,
    cohorts: changes
      .filter(differs)
      .map(({ cohort, manifest, before: token }) => ({ cohort, manifest, before: token })),
    claims: changes.flatMap(({ was, manifest, cohort }) => newClaims(cohort.id, was, manifest)),
    problems: distinct([...problems, ...duplicates, ...conflicts, ...reach]),
  }
}

/** What a declaration is checked against beside what is declared: who gets it, and what enrollments have. */
function knownOf({ declared, cohorts, capabilities, properties }: Ground, edit: Edit): CheckOptions {
  if (edit.kind !== 'put-declaration') return {}
  const reached = cohorts.map((cohort) => ({ key: cohort.key, reported: capabilitiesOf(cohort, capabilities) }))
  const targets = targetsOf(edit.draft.identifier, declared, reached)
  return { ...(targets === undefined ? {} : { targets }), ...(properties === undefined ? {} : { properties }) }
}

/** In a set that is written, the member that a problem is about. */
function atMember(edit: Edit, problem: Problem): Problem {
  if (edit.kind !== 'put-set') return problem
  const index = edit.declarations.findIndex((identifier) => problem.by?.includes(identifier))
  return index < 0 ? problem : { ...problem, at: `/declarations/${index}` }
}

interface Pair {
  readonly cohort: Cohort
  readonly was: CohortManifest
  readonly manifest: CohortManifest
}

/** An edit of a declaration may bring two of one set into conflict; other edits bring sets together. */
function conflictsOf(edit: Edit, changes: readonly Pair[], after: Declared): readonly Problem[] {
  const override = (edit.kind === 'put-declaration' || edit.kind === 'put-set') && edit.override === true
  const problems = changes.flatMap(({ cohort, was, manifest }) => {
    const found = newSettingsConflicts(was, manifest)
    return edit.kind === 'put-declaration' ? found : acrossSets(found, cohort.key, after)
  })
  return override ? problems.map(overridden) : problems
}

/** A cohort made again from what is declared now. */
export function recompute(
  cohort: Cohort,
  declared: Declared,
  capabilities: ClientCapabilities | null,
  now: Instant,
): CohortChange {
  const manifest = cohortManifest(cohort.key, declared, capabilities)
  const same = manifest.half.token === cohort.common
  return {
    cohort: {
      ...cohort,
      common: manifest.half.token,
      since: same ? cohort.since : changedAt(now, cohort.since),
      revision: same ? cohort.revision : declared.revision,
      leftOut: manifest.leftOut,
    },
    manifest,
    before: cohort.common,
  }
}

export function capabilitiesOf(cohort: Cohort, known: CapabilitiesByHash): ClientCapabilities | null {
  const hash = cohort.key.eligibility.capabilities
  return hash === null ? null : (known.get(hash) ?? null)
}

function textOf({ leftOut }: Cohort): string {
  return canonical(leftOut as unknown as Json)
}

/** Against what is stored, so that a drift is mended by the next edit that comes near it. */
function differs({ stored, cohort }: { readonly stored: Cohort; readonly cohort: Cohort }): boolean {
  return stored.common !== cohort.common || textOf(stored) !== textOf(cohort)
}
