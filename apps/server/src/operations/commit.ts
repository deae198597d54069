import {
  blocks,
  claimConflict,
  type Declared,
  type Edit,
  type Plan,
  type Problem,
  type PropertyClaim,
  plan,
} from '@edict/core'
import type { JsonObject } from '@edict/protocol'
import type { StoredEvent, Transaction } from '@edict/store'
import { type Services, type When, when } from '../services.ts'
import { Refused, RevisionMoved } from './refused.ts'

/** Who writes, on what they planned, and how the audit log names it. */
export interface Write {
  readonly actor: string
  /** Revision of `If-Match`, or null for whatever is current. */
  readonly planned: number | null
  /** Name of the endpoint. */
  readonly action: string
  /** What is written to, such as `declarations/com.example.wifi`. */
  readonly subject: string
  readonly detail: JsonObject
  /** Why errors that can be overridden are warnings this time. */
  readonly override?: string | undefined
}

/** What a write did. */
export interface Committed {
  readonly revision: number
  readonly problems: readonly Problem[]
  readonly effects: {
    readonly declarations: readonly string[]
    readonly cohorts: number
    readonly channels: number | null
  }
  readonly declared: Declared
}

/** Begins a write: the revision is locked, and is the one that was planned on. */
export async function beginWrite(tx: Transaction, write: Write): Promise<Declared> {
  const revision = await tx.lockRevision('update')
  if (write.planned !== null && write.planned !== revision) throw new RevisionMoved(write.planned, revision)
  return tx.declared()
}

/**
 * Plans an edit of what is declared and commits it: new state, changed cohorts, a wake for each, the audit entry, in one
 * transaction. Its cost grows with declarations and cohorts, not with devices.
 *
 * @throws Refused with the problems, RevisionMoved
 */
export async function commitEdit(
  edit: Edit,
  write: Write,
  services: Pick<Services, 'store' | 'now' | 'settings'>,
): Promise<Committed> {
  return services.store.transaction(async (tx) => {
    await beginWrite(tx, write)
    return commitIn(tx, edit, write, when(services))
  })
}

/** The same inside a transaction that has begun its write. */
export async function commitIn(tx: Transaction, edit: Edit, write: Write, moment: When): Promise<Committed> {
  const { now } = moment
  const planned = await planIn(tx, edit, now)
  if (planned.before === planned.after || samePlan(planned)) return nothingChanged(planned)
  await saveIn(tx, planned, moment)
  await tx.addAudit({
    at: now,
    actor: write.actor,
    action: write.action,
    target: write.subject,
    revision: planned.after.revision,
    detail: detailOf(write, planned),
  })
  await tx.addEvents(changeEvents(edit, planned, now))
  return {
    revision: planned.after.revision,
    problems: planned.problems,
    effects: {
      declarations: changedDeclarations(planned),
      cohorts: planned.cohorts.length,
      channels: planned.cohorts.length === 0 ? 0 : null,
    },
    declared: planned.after,
  }
}

/** An override is recorded with its reason and with what it let through. */
function detailOf({ detail, override }: Write, { problems }: Plan): JsonObject {
  if (override === undefined) return detail
  const overridden = problems
    .filter((problem) => problem.overridden === true)
    .map(({ code, message, at = null }) => ({ code, message, at }))
  return { ...detail, override, overridden }
}

/** @throws Refused when something stands against the edit, also what only the store knows. */
export async function planIn(tx: Transaction, edit: Edit, now: number): Promise<Plan> {
  const declared = await tx.declared()
  const cohorts = await tx.cohorts()
  const hashes = cohorts.map(({ key }) => key.eligibility.capabilities).filter((hash) => hash !== null)
  const capabilities = await tx.capabilitiesByHash([...new Set(hashes)])
  const properties = asksForProperties.has(edit.kind) ? { properties: await tx.propertyKeys() } : {}
  const planned = plan({ declared, cohorts, capabilities, ...properties }, edit, now)
  const problems = [...planned.problems, ...(blocks(planned.problems) ? [] : await heldKeys(tx, planned.claims))]
  if (blocks(problems)) throw new Refused(problems.filter((problem) => problem.severity === 'error'))
  return planned
}

/** Edits by which predicates are written, or reach devices that they did not. */
const asksForProperties: ReadonlySet<Edit['kind']> = new Set(['put-declaration', 'put-set', 'assign-group'])

async function heldKeys(tx: Transaction, claims: readonly PropertyClaim[]): Promise<readonly Problem[]> {
  const problems: Problem[] = []
  for (const [cohort, claimed] of Map.groupBy(claims, (claim) => claim.cohort)) {
    const holders = await tx.holders(
      cohort,
      claimed.map(({ key }) => key),
    )
    for (const claim of claimed) {
      const holder = holders.get(claim.key)
      if (holder !== undefined) problems.push(claimConflict(claim, holder))
    }
  }
  return problems
}

async function saveIn(tx: Transaction, planned: Plan, { now, wake }: When): Promise<void> {
  await tx.saveDeclared(planned.before, planned.after, now)
  await tx.saveCohorts(planned.cohorts, 'change')
  const woken = planned.cohorts.filter(({ cohort, before }) => cohort.common !== before).map(({ cohort }) => cohort.id)
  await tx.wakeCohorts(woken, wake)
}

/** The same content written again makes no revision. */
function samePlan({ before, after }: Plan): boolean {
  return (
    before.declarations === after.declarations &&
    before.groups === after.groups &&
    JSON.stringify(before.settings) === JSON.stringify(after.settings) &&
    sameSets(before, after)
  )
}

function sameSets(before: Declared, after: Declared): boolean {
  if (before.sets === after.sets) return true
  return (
    before.sets.size === after.sets.size &&
    [...after.sets].every(([name, members]) => before.sets.get(name)?.join() === members.join())
  )
}

function nothingChanged(planned: Plan): Committed {
  const { before: declared, problems } = planned
  return { revision: declared.revision, problems, effects: { declarations: [], cohorts: 0, channels: 0 }, declared }
}

function changedDeclarations({ before, after, cohorts }: Plan): readonly string[] {
  const keys = new Set([...before.declarations.keys(), ...after.declarations.keys()])
  const edited = [...keys].filter(
    (key) => before.declarations.get(key)?.contentHash !== after.declarations.get(key)?.contentHash,
  )
  return cohorts.length === 0 && edited.length === 0 ? [] : edited
}

function changeEvents(edit: Edit, { after }: Plan, at: number): Omit<StoredEvent, 'sequence'>[] {
  const { revision } = after
  switch (edit.kind) {
    case 'put-declaration':
    case 'reapply-declaration':
    case 'delete-declaration': {
      const identifier = edit.kind === 'put-declaration' ? edit.draft.identifier : edit.identifier
      const version = after.declarations.get(identifier)?.version ?? null
      return [{ at, type: 'declaration.changed', data: { identifier, version, revision } }]
    }
    case 'put-set':
    case 'delete-set':
      return [{ at, type: 'set.changed', data: { set: edit.name, deleted: edit.kind === 'delete-set', revision } }]
    case 'put-group':
    case 'delete-group':
      return [
        { at, type: 'group.changed', data: { group: edit.name, deleted: edit.kind === 'delete-group', revision } },
      ]
    case 'assign-group':
    case 'unassign-group':
      return [{ at, type: 'group.changed', data: { group: edit.group, deleted: false, revision } }]
    case 'put-settings':
      return []
  }
}
