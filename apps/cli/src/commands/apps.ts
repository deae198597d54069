import type { Command } from 'commander'
import { type Cli, serverAction, show } from '../session.ts'

export function apps(command: Command, cli: Cli): void {
  serverAction(command.argument('<enrollment>'), cli, async (session, id = '') => {
    const resource = await session.client.call('list-apps', { params: { id } })
    await show(session, resource, () =>
      session.output.table(
        ['APP', 'NAME', 'VERSION', 'STATE', 'SINCE', 'MANAGED BY', 'WHY', 'BEFORE'],
        resource.items.map(
          ({ identifier, name, shortVersion, state, since, managedBy, declaration, reasons, once }) => [
            identifier,
            name,
            shortVersion,
            state,
            since,
            declaration ?? managedBy,
            reasons.length === 0 ? null : reasons.join(', '),
            once === null || once.state === state ? null : once.state,
          ],
        ),
      ),
    )
  })
}
