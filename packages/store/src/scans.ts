import { type Enrollment, type ReportedState, wantedSets } from '@edict/core'
import type { Json } from '@edict/protocol'
import { sql } from 'kysely'
import { accounts } from './accounts.ts'
import { audit, auditOf } from './audit.ts'
import { selectChannels } from './channels.ts'
import { waits } from './commands.ts'
import { loadDeclared } from './declared.ts'
import { deliveries, waitingDeliveries } from './deliveries.ts'
import { channelDiagnoses, channelDiagnosisOf, diagnosed, diagnosisCounts, isFresh } from './diagnoses.ts'
import { all, first, type Session } from './dialect/dialect.ts'
import { channelOf } from './enrollment-row.ts'
import { events } from './events.ts'
import { expectedDevices, notYetEnrolled } from './expected.ts'
import { invitations } from './invitations.ts'
import { cohorts } from './manifests.ts'
import { isHashed, nameKey, valueKey } from './name-key.ts'
import { page } from './page.ts'
import { itemOf } from './status.ts'
import type { AnswerGroup, Channel, Counts, EnrollmentFilter, Page, Scans, SeenChannel } from './store.ts'
import { listedWakes, pendingWakes } from './wakes.ts'
import { wantedToken } from './wanted-token.ts'

/** Heavy reads, wherever their statements are executed. */
export function scansOn(session: Session): Scans {
  return {
    enrollments: (filter, cursor, limit) => enrollments(session, filter, cursor, limit),
    itemValues: (name, filter, cursor, limit) => itemValues(session, name, filter.value, cursor, limit),
    itemCounts: (name, limit) => itemCounts(session, name, limit),
    answerGroups: (name, staleBefore) => answerGroups(session, name, staleBefore),
    withoutItem: (name, cursor, limit) => withoutItem(session, name, cursor, limit),
    audit: (cursor, limit) => audit(session, cursor, limit),
    accounts: (cursor, limit) => accounts(session, cursor, limit),
    invitations: (cursor, limit) => invitations(session, cursor, limit),
    expectedDevices: (cursor, limit) => expectedDevices(session, cursor, limit),
    events: (after, limit) => events(session, after, limit),
    lastEvent: () => session.dialect.settledEvent(session),
    deliveries: (webhook, filter, cursor, limit) => deliveries(session, webhook, filter, cursor, limit),
    waitingDeliveries: () => waitingDeliveries(session),
    groups: () => groups(session),
    counts: () => counts(session),
    diagnosisCounts: () => diagnosisCounts(session),
    diagnosed: (code, cursor, limit) => diagnosed(session, code, cursor, limit),
    channelDiagnoses: (cursor, limit) => channelDiagnoses(session, cursor, limit),
    channels: (cursor, limit) => channels(session, cursor, limit),
    seenChannels: (cursor, limit) => seenChannels(session, cursor, limit),
    wakes: (cursor, limit) => listedWakes(session, cursor, limit),
    notYetEnrolled: () => notYetEnrolled(session),
    auditOf: (revisions) => auditOf(session, revisions),
  }
}

/** What a channel wants differs from what it collected. */
const isBehind = sql<boolean>`(e.enabled = 0 or e.collected is null or e.collected <> ${wantedToken})`

function pageOfChannels(session: Session, cursor: string | null, limit: number) {
  return selectChannels(session)
    .where('e.id', '>', cursor ?? '')
    .orderBy('e.id')
    .limit(limit + 1)
}

function channelPage(rows: Parameters<typeof channelOf>[0][], limit: number): Page<Channel> {
  return page(rows.map(channelOf), limit, ({ enrollment }) => enrollment.id)
}

async function enrollments(
  session: Session,
  filter: EnrollmentFilter,
  cursor: string | null,
  limit: number,
): Promise<Page<Channel>> {
  const { group, set, platform, state, behind, q } = filter
  let query = pageOfChannels(session, cursor, limit)
  if (platform !== undefined) query = query.where('e.platform', '=', platform)
  if (state !== undefined) query = query.where('e.state', '=', state)
  if (group !== undefined)
    query = query.where('e.id', 'in', ({ selectFrom }) =>
      selectFrom('group_members').select('enrollment').where('group_name', '=', group),
    )
  if (set !== undefined)
    query = query.where(session.dialect.oneOf(sql.ref('e.cohort'), await cohortsWithSet(session, set)))
  if (behind === true) query = query.where(isBehind).where('e.state', '<>', 'left')
  if (behind === false) query = query.where(({ not }) => not(isBehind))
  if (q !== undefined && q !== '') query = query.where(contains('e.search', q.toLowerCase()))
  return channelPage([...(await all(session, query))], limit)
}

/** By the same rule by which manifests are made. */
async function cohortsWithSet(session: Session, set: string): Promise<readonly string[]> {
  const declared = await loadDeclared(session)
  return (await cohorts(session)).filter(({ key }) => wantedSets(key, declared).includes(set)).map(({ id }) => id)
}

function contains(column: string, part: string) {
  const pattern = `%${part.replaceAll(/[\\%_]/g, (character) => `\\${character}`)}%`
  return sql<boolean>`${sql.ref(column)} like ${pattern} escape '\\'`
}

async function channels(session: Session, cursor: string | null, limit: number): Promise<Page<Channel>> {
  return channelPage([...(await all(session, pageOfChannels(session, cursor, limit)))], limit)
}

/**
 * What is joined is held to the ids of the page: a database that merges by id would else begin with the first of all for every page, and
 * the last page cost as much as all before it.
 */
async function seenChannels(session: Session, cursor: string | null, limit: number): Promise<Page<SeenChannel>> {
  const from = cursor ?? ''
  const to = await idAfter(session, from, limit)
  const inPage = (column: string) =>
    to === undefined
      ? sql<boolean>`${sql.ref(column)} > ${from}`
      : sql<boolean>`${sql.ref(column)} > ${from} and ${sql.ref(column)} <= ${to}`
  const rows = await all(
    session,
    pageOfChannels(session, cursor, limit)
      .leftJoin('states as s', (join) => join.onRef('s.enrollment', '=', 'e.id').on(inPage('s.enrollment')))
      .leftJoin('pins as p', (join) =>
        join.onRef('p.enrollment', '=', 'e.id').on('p.state', '=', 'current').on(inPage('p.enrollment')),
      )
      .leftJoin('diagnoses as d', (join) => join.onRef('d.enrollment', '=', 'e.id').on(inPage('d.enrollment')))
      .select(['c.revision as cohort_revision', 's.content as states', 's.at as states_at', 'p.not_after'])
      .select(['e.last_seen_at', 'd.code', 'd.stage', 'd.since', 'd.looked_at', 'd.due', isFresh.as('fresh')]),
  )
  const seen = rows.map(
    (row): SeenChannel => ({
      ...channelOf(row),
      cohortRevision: row.cohort_revision,
      reported:
        row.states === null || row.states_at === null
          ? null
          : { states: JSON.parse(row.states) as readonly ReportedState[], at: row.states_at },
      identityEnds: row.not_after,
      diagnosis: channelDiagnosisOf(row),
    }),
  )
  return page(seen, limit, ({ enrollment }) => enrollment.id)
}

/** The id that comes so many places after another one; undefined where there are fewer. */
async function idAfter(session: Session, id: string, places: number): Promise<string | undefined> {
  const ids = session.db.selectFrom('enrollments').select('id').where('id', '>', id).orderBy('id')
  return (await first(session, ids.limit(1).offset(places)))?.id
}

/** Values of an item on channels that have not left. */
function selectValues({ db }: Session, name: string) {
  return db
    .selectFrom('status_items as i')
    .innerJoin('enrollments as e', 'e.id', 'i.enrollment')
    .where('i.name', '=', nameKey(name))
    .where('e.state', '<>', 'left')
}

async function itemValues(
  session: Session,
  name: string,
  value: string | undefined,
  cursor: string | null,
  limit: number,
): ReturnType<Scans['itemValues']> {
  const values = selectValues(session, name).where('i.enrollment', '>', cursor ?? '')
  const matching = value === undefined ? values : values.where('i.value_key', '=', valueKey(value))
  const rows = await all(
    session,
    matching
      .select(['i.enrollment', 'i.name', 'i.long_name', 'i.value', 'i.at', 'e.last_seen_at', 'e.channel', 'e.device'])
      .orderBy('i.enrollment')
      .limit(limit + 1),
  )
  const found = rows.map((row) => ({
    ...itemOf(row),
    enrollment: row.enrollment,
    channel: row.channel as Enrollment['channel'],
    device: row.device,
    lastSeenAt: row.last_seen_at,
  }))
  return page(found, limit, ({ enrollment }) => enrollment)
}

async function itemCounts(session: Session, name: string, limit: number): ReturnType<Scans['itemCounts']> {
  const rows = await all(
    session,
    selectValues(session, name)
      .select(['i.value_key', ({ fn }) => fn.countAll<number>().as('count')])
      .groupBy('i.value_key')
      .orderBy('count', 'desc')
      .orderBy('i.value_key')
      .limit(limit),
  )
  const counted: { readonly value: Json; readonly count: number }[] = []
  for (const { value_key, count } of rows) {
    const text = isHashed(value_key) ? await valueBehind(session, name, value_key) : value_key
    if (text !== undefined) counted.push({ value: JSON.parse(text) as Json, count })
  }
  return counted
}

async function valueBehind(session: Session, name: string, key: string): Promise<string | undefined> {
  const { db } = session
  const values = db.selectFrom('status_items').select('value').where('name', '=', nameKey(name))
  return (await first(session, values.where('value_key', '=', key).limit(1)))?.value
}

/** Of channels that have not left; `stale` is said of values only. */
async function answerGroups(session: Session, name: string, staleBefore: number): Promise<readonly AnswerGroup[]> {
  const commonOf = sql<string>`substr(coalesce(e.collected, ''), 1, 64)`
  const hasValue = sql<number>`case when i.enrollment is null then 0 else 1 end`
  const stale = sql<number>`case when coalesce(e.last_seen_at, i.at) <= ${staleBefore} and i.enrollment is not null then 1 else 0 end`
  const fullSince = sql<number>`case when e.last_full_report_at > e.subscribed_at then 1 else 0 end`
  const full = sql<number>`case when e.last_full_report_at is null then 0 else 1 end`
  const each = session.db
    .selectFrom('enrollments as e')
    .leftJoin('status_items as i', (join) => join.onRef('i.enrollment', '=', 'e.id').on('i.name', '=', nameKey(name)))
    .where('e.state', '<>', 'left')
    .select([
      'e.cohort',
      'e.collected',
      commonOf.as('half'),
      hasValue.as('value'),
      stale.as('stale'),
      fullSince.as('full_since'),
      full.as('full_report'),
    ])
  const rows = await all(
    session,
    session.db
      .selectFrom(each.as('a'))
      .select(['a.cohort', 'a.value', 'a.stale', 'a.full_since', 'a.full_report'])
      .select(({ fn }) => [fn.min('a.collected').as('collected'), fn.countAll<number>().as('count')])
      .groupBy(['a.cohort', 'a.half', 'a.value', 'a.stale', 'a.full_since', 'a.full_report'])
      .orderBy('a.cohort'),
  )
  return rows.map((row) => ({
    cohort: row.cohort,
    collected: row.collected,
    hasValue: row.value === 1,
    stale: row.stale === 1,
    fullSince: row.full_since === 1,
    full: row.full_report === 1,
    count: row.count,
  }))
}

async function withoutItem(
  session: Session,
  name: string,
  cursor: string | null,
  limit: number,
): Promise<Page<Channel>> {
  const query = pageOfChannels(session, cursor, limit)
    .where('e.state', '<>', 'left')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('status_items as i')
            .select('i.enrollment')
            .whereRef('i.enrollment', '=', 'e.id')
            .where('i.name', '=', nameKey(name)),
        ),
      ),
    )
  return channelPage([...(await all(session, query))], limit)
}

async function groups(session: Session): ReturnType<Scans['groups']> {
  return all(
    session,
    session.db
      .selectFrom('groups as g')
      .leftJoin('group_members as m', 'm.group_name', 'g.name')
      .select(['g.name', ({ fn }) => fn.count<number>('m.enrollment').as('members')])
      .groupBy('g.name')
      .orderBy('g.name'),
  )
}

async function counts(session: Session): Promise<Counts> {
  const { db } = session
  const byState = await all(
    session,
    db
      .selectFrom('enrollments')
      .select(['state', ({ fn }) => fn.countAll<number>().as('count')])
      .groupBy('state'),
  )
  const behind = await first(
    session,
    db
      .selectFrom('enrollments as e')
      .innerJoin('cohorts as c', 'c.id', 'e.cohort')
      .where('e.state', '<>', 'left')
      .where(isBehind)
      .select(({ fn }) => fn.countAll<number>().as('count')),
  )
  const pending = await first(
    session,
    db
      .selectFrom('commands')
      .where(waits)
      .select(({ fn }) => fn.countAll<number>().as('count')),
  )
  const ofState = (state: Enrollment['state']) => byState.find((row) => row.state === state)?.count ?? 0
  return {
    enrollments: { enrolling: ofState('enrolling'), enrolled: ofState('enrolled'), left: ofState('left') },
    behind: behind?.count ?? 0,
    pendingCommands: pending?.count ?? 0,
    pendingWakes: await pendingWakes(session),
  }
}
