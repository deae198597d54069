import type { EndpointQuery, EndpointResponse } from '@edict/api'
import type { Command } from 'commander'
import { assignment, channel } from '../assignment.ts'
import { showChange } from '../changed.ts'
import { UsageError } from '../failure.ts'
import { given } from '../given.ts'
import { addPaging, noteMore, pages } from '../pages.ts'
import { addRevision, revisionOf } from '../revision.ts'
import { type Cli, type Session, serverAction, show, text } from '../session.ts'
import { setsText } from '../sets-text.ts'
import { exportEnrollments } from './export-enrollments.ts'
import { importEnrollments } from './import-enrollments.ts'

export function enrollments(noun: Command, cli: Cli): void {
  const list = noun.command('list').description('list enrollments: device and user channels')
  list.option('--group <group>').option('--set <set>').option('--platform <platform>', platforms.join(', '))
  list.option('--state <state>', states.join(', ')).option('--behind', 'only those that do not hold what they should')
  list.option('--q <text>', 'part of an id, serial number, product or user name')
  serverAction(addPaging(list), cli, listEnrollments)

  const get = noun.command('get').description('show an enrollment').argument('<enrollment>')
  serverAction(get, cli, async (session, id = '') => {
    const enrollment = await session.client.call('get-enrollment', { params: { id } })
    await show(session, enrollment, () => showEnrollment(session, enrollment))
  })

  const assign = noun.command('assign').description('give a set to an enrollment').argument('<enrollment>')
  assign
    .argument('<set>')
    .option('--channel <channel>', 'device or user')
    .option('--exclude', 'keep the set from it instead')
  serverAction(addRevision(assign), cli, async (session, id = '', name = '') => {
    const body = assignment(session)
    const change = await session.client.call('put-enrollment-set', {
      params: { id, name },
      body,
      ...revisionOf(session),
    })
    await showChange(
      session,
      change,
      `${body.exclude === true ? 'Kept' : 'Gave'} set ${name} ${body.exclude === true ? 'from' : 'to'} ${id}`,
    )
  })

  const unassign = noun.command('unassign').description('take away what assign gave').argument('<enrollment>')
  unassign.argument('<set>').option('--channel <channel>', 'device or user')
  serverAction(addRevision(unassign), cli, async (session, id = '', name = '') => {
    const query = given({ channel: channel(session) })
    const change = await session.client.call('delete-enrollment-set', {
      params: { id, name },
      query,
      ...revisionOf(session),
    })
    await showChange(session, change, `Took set ${name} from ${id}`)
  })

  const nudge = noun.command('nudge').description('push it, so that it connects').argument('<enrollment>')
  serverAction(nudge, cli, async (session, id = '') => {
    const wakes = await session.client.call('nudge-enrollment', { params: { id } })
    await showWakes(session, wakes)
  })

  const resync = noun.command('resync').description('push it and offer its declarations, behind or not')
  serverAction(resync.argument('<enrollment>'), cli, async (session, id = '') => {
    const wakes = await session.client.call('resync-enrollment', { params: { id } })
    await showWakes(session, wakes)
  })

  const revoke = noun.command('revoke').description('let no certificate speak for a device, until it enrolls again')
  revoke.argument('<enrollment>').option('--why <text>', 'for the audit log and for the list of its certificates')
  serverAction(revoke, cli, async (session, id = '') => {
    const body = given({ why: text(session.options.why) })
    const revoked = await session.client.call('revoke-enrollment', { params: { id }, body })
    const { enrollment, certificates } = revoked
    await show(session, revoked, () =>
      session.output.line(`${enrollment}: ${certificates} certificate${certificates === 1 ? '' : 's'} revoked`),
    )
  })

  const move = noun.command('move-to').description('move sets, groups and properties to another enrollment')
  move.argument('<enrollment>').argument('<other>')
  serverAction(addRevision(move), cli, async (session, id = '', other = '') => {
    const change = await session.client.call('move-enrollment', { params: { id, other }, ...revisionOf(session) })
    await showChange(session, change, `Moved what ${id} had to ${other}`)
  })

  importEnrollments(noun, cli)
  exportEnrollments(noun, cli)

  const reports = noun.command('reports').description('list the last status reports').argument('<enrollment>')
  serverAction(addPaging(reports), cli, listReports)
}

const platforms = ['iOS', 'macOS', 'tvOS', 'visionOS', 'watchOS'] as const
const states = ['enrolling', 'enrolled', 'left'] as const

async function listEnrollments(session: Session): Promise<void> {
  const page = await pages(session, (query) =>
    session.client.call('list-enrollments', { query: { ...filter(session), ...query } }),
  )
  const noted = page.items.some((one) => noteOn(one) !== '')
  await show(session, page, () =>
    session.output.table(
      ['ENROLLMENT', 'CHANNEL', 'STATE', 'PRODUCT', 'OS', 'BEHIND', 'LAST SEEN', ...(noted ? ['NOTE'] : [])],
      page.items.map((one) => [
        one.id,
        one.channel,
        one.state,
        one.productName,
        one.platform === null ? one.osVersion : `${one.platform} ${one.osVersion ?? ''}`.trim(),
        one.behind,
        one.lastSeenAt,
        ...(noted ? [noteOn(one)] : []),
      ]),
    ),
  )
  noteMore(session, page)
}

type Listed = EndpointResponse<'list-enrollments'>['items'][number]

/** What is worth knowing of an enrollment and has no column. */
function noteOn({ imported, warnings }: Pick<Listed, 'imported' | 'warnings'>): string {
  const notes = [
    imported === undefined ? undefined : imported.seenAt === null ? 'imported, not seen yet' : 'imported',
    warnings.includes('topic-differs') ? 'topic differs' : undefined,
    warnings.includes('identity-ends') ? `identity ends ${imported?.identityEnds}, enroll it again` : undefined,
    imported !== undefined && !imported.renewable && imported.seenAt !== null && !warnings.includes('identity-ends')
      ? `cannot be renewed${imported.identityEnds === null ? '' : `, until ${imported.identityEnds}`}`
      : undefined,
  ]
  return notes.filter((note) => note !== undefined).join('; ')
}

function filter({ options }: Session): EndpointQuery<'list-enrollments'> {
  return given({
    group: text(options.group),
    set: text(options.set),
    platform: oneOf('--platform', platforms, text(options.platform)),
    state: oneOf('--state', states, text(options.state)),
    behind: options.behind === true ? true : undefined,
    q: text(options.q),
  })
}

function oneOf<Word extends string>(flag: string, words: readonly Word[], value: string | undefined): Word | undefined {
  const known = words.find((word) => word === value)
  if (value !== undefined && known === undefined)
    throw new UsageError(`Cannot use ${flag} ${value}: expected ${words.join(', ')}`)
  return known
}

async function showEnrollment(session: Session, enrollment: EndpointResponse<'get-enrollment'>): Promise<void> {
  const { account, groups, sets, users, certificates, imported, warnings, ...facts } = enrollment
  const note = noteOn({ ...(imported === undefined ? {} : { imported }), warnings })
  await session.output.facts({
    ...facts,
    account: account === undefined ? undefined : `${account.name} (${account.mode}, ${account.managedAppleAccount})`,
    groups: groups.join(', '),
    sets: setsText(sets),
    users: users?.join(', '),
    certificates: certificates?.map(certificateText).join(', '),
    note: note === '' ? undefined : note,
  })
}

type DeviceCertificate = NonNullable<EndpointResponse<'get-enrollment'>['certificates']>[number]

function certificateText({ fingerprint, state, notAfter, why }: DeviceCertificate): string {
  const more = state === 'revoked' ? `revoked: ${why}` : `${state}, until ${notAfter}`
  return `${fingerprint.slice(0, 16)}… (${more})`
}

async function showWakes(session: Session, wakes: EndpointResponse<'nudge-enrollment'>): Promise<void> {
  await show(session, wakes, () =>
    session.output.line(`${wakes.enrollment}: ${wakes.wakes} push${wakes.wakes === 1 ? '' : 'es'} queued`),
  )
}

async function listReports(session: Session, id = ''): Promise<void> {
  const page = await pages(session, (query) => session.client.call('list-reports', { params: { id }, query }))
  await show(session, page, () =>
    session.output.table(
      ['REPORT', 'AT', 'FULL', 'OCTETS', 'ITEMS', 'ERRORS', 'PROBLEM'],
      page.items.map((report) => [
        report.id,
        report.at,
        report.full,
        report.size,
        report.statusItems === null ? null : Object.keys(report.statusItems).join(', '),
        report.errors.length,
        report.problem,
      ]),
    ),
  )
  noteMore(session, page)
}
