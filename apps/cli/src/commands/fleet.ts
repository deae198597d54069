import type { Command } from 'commander'
import { UsageError } from '../failure.ts'
import { addPaging } from '../pages.ts'
import { type Cli, serverAction, show, text } from '../session.ts'
import { listFleet } from './fleet/list.ts'
import { picture } from './fleet/picture.ts'
import { watchFleet } from './fleet/watch.ts'

/** Columns where the picture does not go to a terminal. */
const PLAIN = 80

/** Shows the fleet as one picture, keeps it up to date, or lists what one of its numbers counts. */
export function fleet(command: Command, cli: Cli): void {
  command.option('--list <what>', 'list what a number counts, by the word beside it')
  command.option('--watch', 'go on, and show what changes, until Ctrl-C')
  serverAction(addPaging(command), cli, async (session) => {
    const { options, client, output } = session
    const what = text(options.list)
    if (what !== undefined && options.watch === true)
      throw new UsageError('Cannot watch a list: expected --list or --watch')
    if (what !== undefined) return listFleet(session, what)
    if (options.watch === true) return watchFleet(session)
    const seen = await client.call('get-fleet', {})
    await show(session, seen, () => {
      for (const line of picture(seen, output.columns() ?? PLAIN, output.colours)) output.line(line)
    })
  })
}
