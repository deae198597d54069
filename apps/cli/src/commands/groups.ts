import type { Command } from 'commander'
import { showChange } from '../changed.ts'
import { readLines } from '../input.ts'
import { addPaging, noteMore, pages } from '../pages.ts'
import { addRevision, revisionOf } from '../revision.ts'
import { type Cli, serverAction, show, text } from '../session.ts'
import { setsText } from '../sets-text.ts'

export function groups(noun: Command, cli: Cli): void {
  serverAction(addPaging(noun.command('list').description('list groups')), cli, async (session) => {
    const page = await pages(session, (query) => session.client.call('list-groups', { query }))
    await show(session, page, () =>
      session.output.table(
        ['GROUP', 'ENROLLMENTS', 'SETS'],
        page.items.map(({ name, size, sets }) => [name, size, setsText(sets)]),
      ),
    )
    noteMore(session, page)
  })

  const get = noun.command('get').description('show a group with its enrollments and sets').argument('<group>')
  serverAction(get, cli, async (session, name = '') => {
    const group = await session.client.call('get-group', { params: { name } })
    await show(session, group, async () => {
      await session.output.facts({ name: group.name, enrollments: group.size, sets: setsText(group.sets) })
      for (const id of group.enrollments) session.output.line(id)
    })
  })

  const put = noun.command('put').description('write which enrollments a group lists')
  put.argument('<group>').argument('[enrollment...]')
  put.option('--from <file>', 'more enrollments, one a line; - for standard input')
  serverAction(addRevision(put), cli, async (session, name = '', ...ids) => {
    const from = text(session.options.from)
    const more = from === undefined ? [] : await readLines(session.read, from)
    const body = { enrollments: [...new Set([...ids, ...more])] }
    const change = await session.client.call('put-group', { params: { name }, body, ...revisionOf(session) })
    await showChange(session, change, `Wrote group ${name}`)
  })

  const remove = noun.command('delete').description('delete a group that no set is given to').argument('<group>')
  serverAction(addRevision(remove), cli, async (session, name = '') => {
    const change = await session.client.call('delete-group', { params: { name }, ...revisionOf(session) })
    await showChange(session, change, `Deleted group ${name}`)
  })
}
