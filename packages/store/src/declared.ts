import type { Assignment, DeclarationVersion, Declared, Instant, Settings } from '@edict/core'
import { sql } from 'kysely'
import { all, run, type Session } from './dialect/dialect.ts'
import { insertion } from './insertion.ts'
import { prepared } from './prepared.ts'
import type { StoredVersion } from './store.ts'
import type { Tables } from './tables.ts'

/** What is declared was written on another revision than the one that stands: its writer had not locked it. */
class RevisionMoved extends Error {
  readonly code = 'revision-moved'
  readonly found: number
  readonly expected: number

  constructor(found: number, expected: number) {
    super(`Cannot save what is declared: it was made from revision ${expected}, and ${found} stands`)
    this.found = found
    this.expected = expected
  }
}

const standing = prepared(({ db }) => db.selectFrom('declared').selectAll())
const lockedStanding = {
  update: prepared(({ db, dialect }) => dialect.lockRows(db.selectFrom('declared').select('revision'), 'update')),
  share: prepared(({ db, dialect }) => dialect.lockRows(db.selectFrom('declared').select('revision'), 'share')),
}

export async function revision(session: Session): Promise<number> {
  return (await stands(session)).revision
}

async function stands(session: Session): Promise<Tables['declared']> {
  const [row] = await standing(session)
  if (row === undefined) throw new Error('Cannot read what is declared: the row of the revision is missing')
  return row
}

export async function lockRevision(session: Session, mode: 'update' | 'share'): Promise<number> {
  await lockedStanding[mode](session)
  return revision(session)
}

/** Everything declared. A change that is committed meanwhile makes it start again, so it is all of one revision. */
export async function loadDeclared(session: Session): Promise<Declared> {
  for (;;) {
    const before = await stands(session)
    const versions = await all(session, selectStanding(session))
    const sets = await all(session, session.db.selectFrom('sets').selectAll().orderBy('name'))
    const groups = await all(session, session.db.selectFrom('groups').selectAll().orderBy('name'))
    if ((await revision(session)) !== before.revision) continue
    return {
      revision: before.revision,
      declarations: new Map(versions.map((row) => [row.identifier, versionOf(row)])),
      sets: new Map(sets.map((row) => [row.name, JSON.parse(row.members) as readonly string[]])),
      groups: new Map(groups.map((row) => [row.name, JSON.parse(row.assignments) as readonly Assignment[]])),
      settings: JSON.parse(before.settings) as Settings,
    }
  }
}

function selectStanding({ db }: Session) {
  return db
    .selectFrom('declarations as d')
    .innerJoin('versions as v', (join) =>
      join.onRef('v.identifier', '=', 'd.identifier').onRef('v.revision', '=', 'd.revision'),
    )
    .selectAll('v')
    .orderBy('d.identifier')
}

/** Every version of a declaration, newest first. */
export async function versions(session: Session, identifier: string): Promise<readonly StoredVersion[]> {
  const rows = await all(
    session,
    session.db.selectFrom('versions').selectAll().where('identifier', '=', identifier).orderBy('revision', 'desc'),
  )
  return rows.map((row) => ({ ...versionOf(row), at: row.at, revision: row.revision }))
}

function versionOf(row: Tables['versions']): DeclarationVersion {
  const { identifier, type, payload, version, reapply } = row
  const kind = row.kind as DeclarationVersion['kind']
  return { identifier, kind, type, payload, version, reapply, contentHash: row.content_hash }
}

const addVersions = insertion<'versions'>(
  ['identifier', 'revision', 'version', 'kind', 'type', 'payload', 'reapply', 'content_hash', 'at'],
  ({ db }, rows) => db.insertInto('versions').values(rows),
)
const putDeclarations = insertion<'declarations'>(['identifier', 'revision'], ({ db }, rows) =>
  db
    .insertInto('declarations')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('identifier').doUpdateSet(({ ref }) => ({ revision: ref('excluded.revision') })),
    ),
)
const putSets = insertion<'sets'>(['name', 'members'], ({ db }, rows) =>
  db
    .insertInto('sets')
    .values(rows)
    .onConflict((conflict) => conflict.column('name').doUpdateSet(({ ref }) => ({ members: ref('excluded.members') }))),
)
const putGroups = insertion<'groups'>(['name', 'assignments'], ({ db }, rows) =>
  db
    .insertInto('groups')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet(({ ref }) => ({ assignments: ref('excluded.assignments') })),
    ),
)

/**
 * Writes what differs. The revision must be locked for update and be the one that `before` has.
 * @throws RevisionMoved when it is not
 */
export async function saveDeclared(session: Session, before: Declared, after: Declared, at: Instant): Promise<void> {
  await raiseRevision(session, before, after)
  const declarations = difference(before.declarations, after.declarations)
  const { revision: madeBy } = after
  await addVersions(
    session,
    declarations.put.map(([, { contentHash, ...version }]) => ({
      ...version,
      revision: madeBy,
      content_hash: contentHash,
      at,
    })),
  )
  await putDeclarations(
    session,
    declarations.put.map(([identifier]) => ({ identifier, revision: madeBy })),
  )
  await remove(session, 'declarations', 'identifier', declarations.gone)

  const sets = difference(before.sets, after.sets)
  await putSets(
    session,
    sets.put.map(([name, members]) => ({ name, members: JSON.stringify(members) })),
  )
  await remove(session, 'sets', 'name', sets.gone)

  const groups = difference(before.groups, after.groups)
  await putGroups(
    session,
    groups.put.map(([name, assignments]) => ({ name, assignments: JSON.stringify(assignments) })),
  )
  await remove(session, 'groups', 'name', groups.gone)
}

async function raiseRevision(session: Session, before: Declared, after: Declared): Promise<void> {
  const touched = await run(
    session,
    session.db
      .updateTable('declared')
      .set({ revision: after.revision, settings: JSON.stringify(after.settings) })
      .where('revision', '=', before.revision)
      .where('revision', '<', after.revision),
  )
  if (touched !== 1) throw new RevisionMoved(await revision(session), before.revision)
}

async function remove(
  session: Session,
  table: 'declarations' | 'sets' | 'groups',
  key: 'identifier' | 'name',
  gone: readonly string[],
): Promise<void> {
  if (gone.length === 0) return
  const { db, dialect } = session
  await run(session, db.deleteFrom(table).where(dialect.oneOf(sql.ref(key), gone)))
}

function difference<V>(before: ReadonlyMap<string, V>, after: ReadonlyMap<string, V>) {
  const put = [...after].filter(([key, value]) => !same(before.get(key), value))
  const gone = [...before.keys()].filter((key) => !after.has(key))
  return { put, gone }
}

function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}
