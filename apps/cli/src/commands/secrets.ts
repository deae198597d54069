import { open, unlink } from 'node:fs/promises'
import type { EndpointParams, EndpointResponse } from '@edict/api'
import type { Command } from 'commander'
import { UsageError } from '../failure.ts'
import { given } from '../given.ts'
import { type Cli, type Session, serverAction, show, text } from '../session.ts'

type Name = EndpointParams<'read-secret'>['name']
type Read = EndpointResponse<'read-secret'>

const names: readonly Name[] = ['bootstrap-token', 'unlock-token', 'activation-lock-bypass-code']

export function secrets(noun: Command, cli: Cli): void {
  const list = noun.command('list').description('list what a device has escrowed, without the values')
  serverAction(list.argument('<enrollment>'), cli, async (session, id = '') => {
    const found = await session.client.call('list-secrets', { params: { id } })
    await show(session, found, () =>
      session.output.table(
        ['SECRET', 'PERIOD', 'STATE', 'ESCROWED'],
        found.items.map(({ name, period, state, at }) => [name, period, state, at]),
      ),
    )
  })

  const read = noun.command('read').description('tell a secret, in base64; the audit log has who read it')
  read.argument('<enrollment>').argument('<name>', names.join(', '))
  read.option('--period <number>', 'of an earlier enrollment of the device; the newest otherwise')
  read.option('--reason <text>', 'for the audit log').option('--output <file>', 'write its octets to a new file')
  serverAction(read, cli, async (session, id = '', name = '') => {
    const params = { id, name: nameOf(name) }
    const body = given({ reason: reasonOf(session), period: periodOf(text(session.options.period)) })
    const tell = () => session.client.call('read-secret', { params, body })
    const file = text(session.options.output)
    if (file === undefined) {
      const told = await tell()
      return show(session, told, () => session.output.line(told.value))
    }
    const { value: _value, ...described } = await writtenTo(file, tell)
    await show(session, described, () => session.output.note(`Wrote ${name} of ${id} to ${file}`))
  })
}

function nameOf(given: string): Name {
  const name = names.find((one) => one === given)
  if (name !== undefined) return name
  throw new UsageError(`Cannot read ${given}: expected ${names.join(', ')}`)
}

function reasonOf({ options }: Session): string | undefined {
  const reason = text(options.reason)
  if (reason?.trim() === '') throw new UsageError('Cannot use an empty --reason: leave it out, or say why')
  return reason
}

function periodOf(given: string | undefined): number | undefined {
  if (given === undefined) return undefined
  if (/^\d{1,15}$/.test(given)) return Number(given)
  throw new UsageError(`Cannot use --period ${given}: expected a number of secrets list`)
}

/** The file is made before the secret is asked for, so that no reading is noted that could not be kept; only its owner may read it. */
async function writtenTo(file: string, tell: () => Promise<Read>): Promise<Read> {
  const handle = await open(file, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'EEXIST' ? 'it is there already' : error.code
    throw new UsageError(`Cannot write --output ${file}: ${why}`)
  })
  try {
    const told = await tell()
    await handle.writeFile(Buffer.from(told.value, 'base64'))
    return told
  } catch (error) {
    await unlink(file)
    throw error
  } finally {
    await handle.close()
  }
}
