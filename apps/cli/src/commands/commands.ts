import type { JsonObject } from '@edict/protocol'
import type { Command } from 'commander'
import { UsageError } from '../failure.ts'
import { keyValues, readObject } from '../input.ts'
import { addPaging, noteMore, pages } from '../pages.ts'
import { type Cli, type Session, serverAction, show, text } from '../session.ts'

export function commands(noun: Command, cli: Cli): void {
  const list = noun.command('list').description('list the commands of an enrollment and their results')
  serverAction(addPaging(list.argument('<enrollment>')), cli, async (session, id = '') => {
    const page = await pages(session, (query) => session.client.call('list-commands', { params: { id }, query }))
    await show(session, page, () =>
      session.output.table(
        ['COMMAND', 'TYPE', 'STATE', 'QUEUED', 'ANSWERED'],
        page.items.map((one) => [one.uuid, one.requestType, one.state, one.queuedAt, one.answeredAt]),
      ),
    )
    noteMore(session, page)
  })

  const send = noun.command('send').description('queue a command for an enrollment').argument('<enrollment>')
  send.argument('[file|key=value...]', 'a JSON object in a file (- for standard input), or pairs; values may be JSON')
  send.option('--type <RequestType>', 'such as InstallApplication')
  serverAction(send, cli, async (session, id = '', ...written) => {
    const body = await commandIn(session, written)
    const command = await session.client.call('send-command', { params: { id }, body })
    await show(session, command, () => session.output.line(`Queued ${command.requestType} ${command.uuid} for ${id}`))
  })
}

async function commandIn(session: Session, written: readonly string[]): Promise<{ readonly RequestType: string }> {
  const [only, ...others] = written
  const fromFile = only !== undefined && others.length === 0 && !only.includes('=')
  const keys: JsonObject = fromFile ? await readObject(session.read, only) : keyValues(written)
  const RequestType = text(session.options.type) ?? keys.RequestType
  if (typeof RequestType === 'string') return { ...keys, RequestType }
  throw new UsageError('Cannot send a command without RequestType', 'write it into the file or give --type')
}
