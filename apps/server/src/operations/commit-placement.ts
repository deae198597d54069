import { blocks, type Declared, type Enrollment, reachProblems } from '@edict/core'
import type { Transaction } from '@edict/store'
import type { When } from '../services.ts'
import type { Committed, Write } from './commit.ts'
import { type Moving, planPlacement, savePlacement } from './place-channels.ts'
import { Refused } from './refused.ts'

/**
 * Commits a change about enrollments (their groups, sets or properties) on a write that has begun: where they belong, a wake
 * for those that now want something else, the audit entry, a new revision.
 *
 * @throws Refused when a property key would come from two sources
 */
export async function commitPlacement(
  tx: Transaction,
  declared: { readonly before: Declared; readonly after?: Declared },
  moving: readonly Moving[],
  what: string,
  write: Write,
  { now, wake }: When,
): Promise<Committed> {
  const revision = declared.before.revision + 1
  const placement = await planPlacement(tx, moving, now, revision)
  if (blocks(placement.problems)) throw new Refused(placement.problems.filter(({ severity }) => severity === 'error'))
  const after = { ...(declared.after ?? declared.before), revision }
  await savePlacement(tx, placement)
  await tx.saveDeclared(declared.before, after, now)
  await tx.wakeChannels(placement.woken, wake)
  await tx.addAudit({
    at: now,
    actor: write.actor,
    action: write.action,
    target: write.subject,
    revision: after.revision,
    detail: write.detail,
  })
  await tx.addEvents(changed(placement.enrollments, placement.moved, what, now))
  const reach = placement.entered.length === 0 ? [] : reachProblems(placement.entered, after, await tx.propertyKeys())
  const cohorts = new Set(
    placement.enrollments.filter(({ id }) => placement.moved.includes(id)).map(({ cohort }) => cohort),
  )
  return {
    revision: after.revision,
    problems: [...placement.problems, ...reach],
    effects: { declarations: [], cohorts: cohorts.size, channels: placement.moved.length },
    declared: after,
  }
}

function changed(enrollments: readonly Enrollment[], moved: readonly string[], what: string, at: number) {
  const ids = new Set(moved)
  return enrollments
    .filter(({ id }) => ids.has(id))
    .map(({ id }) => ({ at, type: 'enrollment.changed', data: { enrollment: id, what: [what] } }))
}
