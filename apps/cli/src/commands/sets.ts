import type { Command } from 'commander'
import { assignment, channel, recipient } from '../assignment.ts'
import { showChange } from '../changed.ts'
import { given } from '../given.ts'
import { readLines } from '../input.ts'
import { addOverride, offeringOverride, overrideOf } from '../override.ts'
import { addPaging, noteMore, pages } from '../pages.ts'
import { addRevision, revisionOf } from '../revision.ts'
import { type Cli, type Session, serverAction, show, text } from '../session.ts'

export function sets(noun: Command, cli: Cli): void {
  serverAction(addPaging(noun.command('list').description('list sets')), cli, listSets)

  const get = noun.command('get').description('show a set and who uses it').argument('<set>')
  serverAction(get, cli, async (session, name = '') => {
    const set = await session.client.call('get-set', { params: { name } })
    await show(session, set, () =>
      session.output.facts({
        name: set.name,
        declarations: set.declarations.join(', '),
        implied: set.implied.join(', '),
        groups: set.usedBy.groups.join(', '),
        enrollments: set.usedBy.enrollments,
      }),
    )
  })

  const put = noun.command('put').description('write which declarations a set has')
  put.argument('<set>').argument('[identifier...]', 'Identifiers; what they refer to comes along')
  put.option('--from <file>', 'more Identifiers, one a line; - for standard input')
  serverAction(addOverride(addRevision(put)), cli, async (session, name = '', ...identifiers) => {
    const from = text(session.options.from)
    const more = from === undefined ? [] : await readLines(session.read, from)
    const body = { declarations: [...new Set([...identifiers, ...more])] }
    const input = { params: { name }, body, ...overrideOf(session), ...revisionOf(session) }
    const change = await offeringOverride(() => session.client.call('put-set', input))
    await showChange(session, change, `Wrote set ${name}`)
  })

  const remove = noun.command('delete').description('delete a set that nobody has').argument('<set>')
  serverAction(addRevision(remove), cli, async (session, name = '') => {
    const change = await session.client.call('delete-set', { params: { name }, ...revisionOf(session) })
    await showChange(session, change, `Deleted set ${name}`)
  })

  const assign = recipients(noun.command('assign').description('give a set to an enrollment or a group'))
  assign.option('--exclude', 'keep the set from them instead')
  serverAction(addRevision(assign), cli, assignSet)

  const unassign = recipients(noun.command('unassign').description('take away what assign gave'))
  serverAction(addRevision(unassign), cli, unassignSet)
}

function recipients(command: Command): Command {
  return command
    .argument('<set>')
    .option('--to <enrollment>', 'an enrollment')
    .option('--group <group>', 'a group')
    .option('--channel <channel>', 'device, or user: on a device its user channels; its own when left out')
}

async function listSets(session: Session): Promise<void> {
  const page = await pages(session, (query) => session.client.call('list-sets', { query }))
  await show(session, page, () =>
    session.output.table(
      ['SET', 'DECLARATIONS', 'IMPLIED', 'GROUPS', 'ENROLLMENTS'],
      page.items.map(({ name, declarations, implied, usedBy }) => [
        name,
        declarations.length,
        implied.length,
        usedBy.groups.join(', '),
        usedBy.enrollments,
      ]),
    ),
  )
  noteMore(session, page)
}

async function assignSet(session: Session, set = ''): Promise<void> {
  const to = recipient(session)
  const sent = { body: assignment(session), ...revisionOf(session) }
  const change =
    to.kind === 'group'
      ? await session.client.call('put-group-set', { params: { name: to.name, set }, ...sent })
      : await session.client.call('put-enrollment-set', { params: { id: to.name, name: set }, ...sent })
  const done = sent.body.exclude === true ? `Kept set ${set} from` : `Gave set ${set} to`
  await showChange(session, change, `${done} ${to.kind} ${to.name}`)
}

async function unassignSet(session: Session, set = ''): Promise<void> {
  const from = recipient(session)
  const sent = { query: given({ channel: channel(session) }), ...revisionOf(session) }
  const change =
    from.kind === 'group'
      ? await session.client.call('delete-group-set', { params: { name: from.name, set }, ...sent })
      : await session.client.call('delete-enrollment-set', { params: { id: from.name, name: set }, ...sent })
  await showChange(session, change, `Took set ${set} from ${from.kind} ${from.name}`)
}
