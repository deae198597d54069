import type { Command } from 'commander'
import { type Cli, serverAction, show } from '../session.ts'

export function manifest(command: Command, cli: Cli): void {
  serverAction(command.argument('<enrollment>'), cli, async (session, id = '') => {
    const resource = await session.client.call('get-manifest', { params: { id } })
    const { output } = session
    await show(session, resource, async () => {
      const { wanted, timestamp, told, collected, behind } = resource
      await output.facts({ wanted, timestamp, told, collected, behind })
      output.line('')
      await output.table(
        ['IDENTIFIER', 'KIND', 'TYPE', 'SERVERTOKEN', 'OWN'],
        resource.items.map((item) => [item.identifier, item.kind, item.type, item.serverToken.slice(0, 12), item.own]),
      )
      if (resource.leftOut.length === 0) return
      output.line('')
      await output.table(
        ['LEFT OUT', 'KIND', 'WHY'],
        resource.leftOut.map(({ identifier, kind, cause }) => [identifier, kind, cause.reason]),
      )
    })
  })
}
