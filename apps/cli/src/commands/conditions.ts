import type { ConditionWord } from '@edict/api'
import type { Command } from 'commander'
import type { Colours } from '../colours.ts'
import { type Cli, foundProblems, serverAction, show } from '../session.ts'

export function conditions(command: Command, cli: Cli): void {
  command.argument('<enrollment>').option('--check', 'exit 1 when a declaration failed or is left out')
  serverAction(command, cli, async (session, id = '') => {
    const resource = await session.client.call('get-conditions', { params: { id } })
    const { output } = session
    await show(session, resource, () =>
      output.table(
        ['DECLARATION', 'KIND', 'CONDITION', 'SINCE', 'REASON'],
        resource.items.map(({ identifier, kind, condition, since, reason }) => [
          identifier,
          kind,
          painted(output.colours, condition),
          since,
          reason.message,
        ]),
      ),
    )
    if (session.options.check === true && resource.items.some(({ condition }) => isProblem(condition)))
      foundProblems(session)
  })
}

function isProblem(condition: ConditionWord): boolean {
  return condition === 'failed' || condition === 'left-out'
}

function painted(colours: Colours, condition: ConditionWord): string {
  if (isProblem(condition)) return colours.red(condition)
  return condition === 'in-force' ? colours.green(condition) : colours.yellow(condition)
}
