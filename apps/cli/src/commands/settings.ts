import type { EndpointBody } from '@edict/api'
import type { Command } from 'commander'
import { showChange } from '../changed.ts'
import { readObject } from '../input.ts'
import { addRevision, revisionOf } from '../revision.ts'
import { type Cli, serverAction } from '../session.ts'

export function settings(noun: Command, cli: Cli): void {
  serverAction(
    noun.command('get').description('show what Edict adds by itself, and how devices are answered'),
    cli,
    async (session) => {
      session.output.json(await session.client.call('get-settings', {}))
    },
  )

  const put = noun.command('put').description('write what Edict adds by itself, and how devices are answered')
  put.argument('<file>', 'JSON as get prints it; - for standard input')
  serverAction(addRevision(put), cli, async (session, file = '') => {
    const body = (await readObject(session.read, file)) as unknown as EndpointBody<'put-settings'>
    const change = await session.client.call('put-settings', { body, ...revisionOf(session) })
    await showChange(session, change, 'Wrote settings')
  })
}
