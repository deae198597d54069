import type { Command } from 'commander'
import { addPaging, noteMore, pages } from '../pages.ts'
import { type Cli, serverAction, show } from '../session.ts'

export function audit(command: Command, cli: Cli): void {
  serverAction(addPaging(command), cli, async (session) => {
    const page = await pages(session, (query) => session.client.call('list-audit', { query }))
    await show(session, page, () =>
      session.output.table(
        ['AT', 'WHO', 'ACTION', 'TARGET', 'REVISION'],
        page.items.map(({ at, actor, action, target, revision }) => [at, actor, action, target, revision]),
      ),
    )
    noteMore(session, page)
  })
}
