import { type Assignment, byCodeUnit, type Membership } from '@edict/core'
import type { JsonObject } from '@edict/protocol'
import { sql } from 'kysely'
import { all, run, type Session } from './dialect/dialect.ts'
import { insertion } from './insertion.ts'
import { prepared } from './prepared.ts'
import type { Tables } from './tables.ts'

const devicesOf = prepared(({ db, dialect }, ids: readonly string[]) =>
  db
    .selectFrom('enrollments')
    .select(['id', 'device'])
    .where(dialect.oneOf(sql.ref('id'), ids))
    .where('channel', '=', 'user'),
)
const groupsOf = prepared(({ db, dialect }, ids: readonly string[]) =>
  db
    .selectFrom('group_members')
    .selectAll()
    .where(dialect.oneOf(sql.ref('enrollment'), ids)),
)
const assignmentsOf = prepared(({ db, dialect }, ids: readonly string[]) =>
  db
    .selectFrom('assignments')
    .selectAll()
    .where(dialect.oneOf(sql.ref('enrollment'), ids)),
)
const propertiesFor = prepared(({ db, dialect }, ids: readonly string[]) =>
  db
    .selectFrom('properties')
    .selectAll()
    .where(dialect.oneOf(sql.ref('enrollment'), ids)),
)

/** Where the sets of channels come from. `devices` names the devices of user channels that are not stored yet. */
export async function memberships(
  session: Session,
  ids: readonly string[],
  devices: ReadonlyMap<string, string> = new Map(),
): Promise<ReadonlyMap<string, Membership>> {
  const stored = (await devicesOf(session, ids)).map((row) => [row.id, row.device] as const)
  const deviceOf = new Map([...devices, ...stored].filter(([id, device]) => id !== device))
  const concerned = [...new Set([...ids, ...deviceOf.values()])]
  const groups = collect(await groupsOf(session, concerned), (row) => row.group_name)
  const assignments = collect(await assignmentsOf(session, concerned), assignmentOf)
  const sortedGroups = (id: string) => [...(groups.get(id) ?? [])].sort(byCodeUnit)
  const sortedAssignments = (id: string) => [...(assignments.get(id) ?? [])].sort(inOrder)
  const membershipOf = (id: string): Membership => {
    const device = deviceOf.get(id)
    return {
      groups: sortedGroups(id),
      deviceGroups: device === undefined ? [] : sortedGroups(device),
      assignments: sortedAssignments(id),
      deviceAssignments: device === undefined ? [] : sortedAssignments(device).filter((one) => one.channel === 'user'),
    }
  }
  return new Map(ids.map((id) => [id, membershipOf(id)]))
}

export async function membership(session: Session, id: string, device?: string): Promise<Membership> {
  const known = await memberships(session, [id], new Map(device === undefined ? [] : [[id, device]]))
  return known.get(id) ?? { groups: [], deviceGroups: [], assignments: [], deviceAssignments: [] }
}

export async function assignments(session: Session, id: string): Promise<readonly Assignment[]> {
  return (await assignmentsOf(session, [id])).map(assignmentOf).sort(inOrder)
}

export async function putAssignment(session: Session, id: string, assignment: Assignment): Promise<void> {
  const exclude = Number(assignment.exclude)
  await run(
    session,
    session.db
      .insertInto('assignments')
      .values({ enrollment: id, set_name: assignment.set, channel: assignment.channel, exclude })
      .onConflict((conflict) => conflict.columns(['enrollment', 'set_name', 'channel']).doUpdateSet({ exclude })),
  )
}

export async function deleteAssignment(session: Session, id: string, set: string, channel: string): Promise<boolean> {
  const gone = session.db
    .deleteFrom('assignments')
    .where('enrollment', '=', id)
    .where('set_name', '=', set)
    .where('channel', '=', channel)
  return (await run(session, gone)) > 0
}

export async function enrollmentsWithSet(session: Session, set: string): Promise<readonly string[]> {
  const { db } = session
  const rows = await all(
    session,
    db.selectFrom('assignments').select('enrollment').distinct().where('set_name', '=', set).orderBy('enrollment'),
  )
  return rows.map((row) => row.enrollment)
}

export async function groupMembers(session: Session, group: string): Promise<readonly string[]> {
  const { db } = session
  const rows = await all(
    session,
    db.selectFrom('group_members').select('enrollment').where('group_name', '=', group).orderBy('enrollment'),
  )
  return rows.map((row) => row.enrollment)
}

const addMembers = insertion<'group_members'>(['group_name', 'enrollment'], ({ db }, rows) =>
  db
    .insertInto('group_members')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing()),
)

export async function putGroupMembers(session: Session, group: string, members: readonly string[]): Promise<void> {
  const { db, dialect } = session
  const wanted = new Set(members)
  const present = await groupMembers(session, group)
  const gone = present.filter((id) => !wanted.has(id))
  if (gone.length > 0) {
    const isGone = dialect.oneOf(sql.ref('enrollment'), gone)
    await run(session, db.deleteFrom('group_members').where('group_name', '=', group).where(isGone))
  }
  const known = new Set(present)
  const added = [...wanted].filter((id) => !known.has(id)).sort(byCodeUnit)
  await addMembers(
    session,
    added.map((enrollment) => ({ group_name: group, enrollment })),
  )
}

export async function deleteGroup(session: Session, group: string): Promise<void> {
  await run(session, session.db.deleteFrom('group_members').where('group_name', '=', group))
}

export async function propertiesOf(session: Session, ids: readonly string[]): Promise<ReadonlyMap<string, JsonObject>> {
  const rows = await propertiesFor(session, ids)
  const known = new Map(rows.map((row) => [row.enrollment, JSON.parse(row.content) as JsonObject]))
  return new Map(ids.map((id) => [id, known.get(id) ?? {}]))
}

export async function properties(session: Session, id: string): Promise<JsonObject> {
  return (await propertiesOf(session, [id])).get(id) ?? {}
}

const addKeys = insertion<'property_keys'>(['enrollment', 'key'], ({ db }, rows) =>
  db.insertInto('property_keys').values(rows),
)

export async function putProperties(session: Session, id: string, content: JsonObject): Promise<void> {
  const { db } = session
  const text = JSON.stringify(content)
  await run(
    session,
    db
      .insertInto('properties')
      .values({ enrollment: id, content: text })
      .onConflict((conflict) => conflict.column('enrollment').doUpdateSet({ content: text })),
  )
  await run(session, db.deleteFrom('property_keys').where('enrollment', '=', id))
  await addKeys(
    session,
    Object.keys(content).map((key) => ({ enrollment: id, key })),
  )
}

export async function holders(
  session: Session,
  cohort: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { db, dialect } = session
  const rows = await all(
    session,
    db
      .selectFrom('property_keys as k')
      .innerJoin('enrollments as e', 'e.id', 'k.enrollment')
      .select(['k.key', (select) => select.fn.min('k.enrollment').as('enrollment')])
      .where('e.cohort', '=', cohort)
      .where(dialect.oneOf(sql.ref('k.key'), keys))
      .groupBy('k.key'),
  )
  return new Map(rows.map((row) => [row.key, row.enrollment]))
}

/** From one key to the next in the index: what enrollments have in common is read once. */
const distinctKeys = prepared(({ db }) => ({
  compile: () =>
    sql<{ readonly key: string }>`with recursive steps (key) as (
    select min(key) from property_keys
    union all
    select (select min(k.key) from property_keys as k where k.key > steps.key) from steps where steps.key is not null)
  select key from steps where key is not null`.compile(db),
}))

export async function propertyKeys(session: Session): Promise<ReadonlySet<string>> {
  const rows = await distinctKeys(session)
  return new Set(rows.map(({ key }) => key))
}

function assignmentOf(row: Tables['assignments']): Assignment {
  return { set: row.set_name, channel: row.channel as Assignment['channel'], exclude: row.exclude === 1 }
}

function inOrder(a: Assignment, b: Assignment): number {
  return byCodeUnit(a.set, b.set) || byCodeUnit(a.channel, b.channel)
}

function collect<R extends { readonly enrollment: string }, V>(
  rows: readonly R[],
  pick: (row: R) => V,
): ReadonlyMap<string, readonly V[]> {
  const byEnrollment = new Map<string, V[]>()
  for (const row of rows) {
    const values = byEnrollment.get(row.enrollment)
    if (values === undefined) byEnrollment.set(row.enrollment, [pick(row)])
    else values.push(pick(row))
  }
  return byEnrollment
}
