import type { Command } from 'commander'
import { type Cli, serverAction, show } from '../session.ts'

export function status(command: Command, cli: Cli): void {
  serverAction(command.argument('<enrollment>'), cli, async (session, id = '') => {
    const resource = await session.client.call('get-status', { params: { id } })
    await show(session, resource, () =>
      session.output.table(
        ['ITEM', 'ANSWER', 'VALUE', 'REPORTED'],
        Object.entries(resource.items).map(([name, { answer, value, reportedAt }]) => [
          name,
          answer,
          value === null ? null : shortened(JSON.stringify(value)),
          reportedAt,
        ]),
      ),
    )
  })
}

const WIDEST = 80

function shortened(text: string): string {
  return text.length > WIDEST ? `${text.slice(0, WIDEST - 1)}…` : text
}
