import type { JsonObject } from '@edict/protocol'
import type { Command } from 'commander'
import { agreed } from '../agreed.ts'
import { EXIT, UsageError } from '../failure.ts'
import { keyValues, readObject } from '../input.ts'
import { addOverride, offeringOverride } from '../override.ts'
import { addPaging, noteMore, pages } from '../pages.ts'
import { type Cli, type Session, serverAction, show, text } from '../session.ts'
import { commandFacts, itemRows } from './command-facts.ts'

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
  send.option('--ttl <seconds>', 'how long it waits for the device; an hour for what cannot be taken back')
  serverAction(addYes(addOverride(send)), cli, async (session, id = '', ...written) => {
    const body = await commandIn(session, written)
    const harm = await harmIn(session, id, body)
    if (harm !== undefined && !(await agreed(session, `${body.RequestType} ${harm}`, `Send it to ${id}?`))) {
      return session.exit(EXIT.refused)
    }
    const query = { ...overridden(session), ...timeToLive(session) }
    const command = await offeringOverride(() => session.client.call('send-command', { params: { id }, query, body }))
    for (const { severity, code, message } of command.problems ?? []) {
      session.output.note(`${severity} ${code}: ${message}`)
    }
    await show(session, command, () => session.output.line(`Queued ${command.requestType} ${command.uuid} for ${id}`))
  })

  const shows = noun.command('show').description('show one command and what the device answered')
  serverAction(shows.argument('<enrollment>').argument('<command>'), cli, async (session, id = '', uuid = '') => {
    const command = await session.client.call('get-command', { params: { id, uuid } })
    await show(session, command, async () => {
      await session.output.facts(commandFacts(command))
      const rows = itemRows(command)
      if (rows.length > 0) await session.output.table(['ITEM', 'STATUS', 'ERROR'], rows)
    })
  })

  const cancel = noun.command('cancel').description('take a command back; one that was sent may have been done')
  serverAction(cancel.argument('<enrollment>').argument('<command>'), cli, async (session, id = '', uuid = '') => {
    const command = await session.client.call('cancel-command', { params: { id, uuid } })
    await show(session, command, () => {
      session.output.line(`Cancelled ${command.requestType} ${uuid}`)
      if (command.sentAt !== null) session.output.note('It was sent: it may have been done')
    })
  })

  again(noun, cli, {
    verb: 'confirm',
    endpoint: 'confirm-command',
    description: 'send a command once more that got no answer, under the same UUID',
    question: 'It may have been done already. Send it once more?',
  })
  again(noun, cli, {
    verb: 'retry',
    endpoint: 'retry-command',
    description: 'queue the same command again, as a new one',
    question: 'Queue it again?',
  })
}

interface Again {
  readonly verb: string
  readonly endpoint: 'confirm-command' | 'retry-command'
  readonly description: string
  readonly question: string
}

/** A verb that does a command again: what cannot be taken back is asked about first. */
function again(noun: Command, cli: Cli, { verb, endpoint, description, question }: Again): void {
  const command = addYes(noun.command(verb).description(description))
  serverAction(command.argument('<enrollment>').argument('<command>'), cli, async (session, id = '', uuid = '') => {
    const params = { id, uuid }
    const { once, requestType } = await session.client.call('get-command', { params })
    if (once === true && !(await agreed(session, `${requestType} cannot be taken back`, question))) {
      return session.exit(EXIT.refused)
    }
    const queued = await session.client.call(endpoint, { params })
    await show(session, queued, () => session.output.line(`Queued ${queued.requestType} ${queued.uuid} for ${id}`))
  })
}

function addYes(command: Command): Command {
  return command.option('--yes', 'do not ask before what cannot be taken back')
}

/** What the command does that cannot be taken back, as far as can be told from here. */
async function harmIn(
  session: Session,
  id: string,
  { RequestType, Identifier }: JsonObject & { readonly RequestType: string },
): Promise<string | undefined> {
  const { destructiveCommands, ENROLLMENT_PROFILE, harmOf } = await import('@edict/core')
  if (!destructiveCommands.has(RequestType)) return undefined
  const { platform, imported } = await session.client.call('get-enrollment', { params: { id } })
  const command = { RequestType, ...(typeof Identifier === 'string' ? { Identifier } : {}) }
  return harmOf(command, { platform, profile: imported === undefined ? ENROLLMENT_PROFILE : null })
}

function overridden({ options }: Session): { readonly override?: string } {
  const override = text(options.override)
  return override === undefined ? {} : { override }
}

function timeToLive({ options }: Session): { readonly ttl?: number } {
  const given = text(options.ttl)
  if (given === undefined) return {}
  const ttl = Number(given)
  if (Number.isInteger(ttl) && ttl >= 1) return { ttl }
  throw new UsageError(`Cannot use --ttl ${given}: expected a number of seconds, such as 3600`)
}

async function commandIn(
  session: Session,
  written: readonly string[],
): Promise<JsonObject & { readonly RequestType: string }> {
  const [only, ...others] = written
  const fromFile = only !== undefined && others.length === 0 && !only.includes('=')
  const keys: JsonObject = fromFile ? await readObject(session.read, only) : keyValues(written)
  const RequestType = text(session.options.type) ?? keys.RequestType
  if (typeof RequestType === 'string') return { ...keys, RequestType }
  throw new UsageError('Cannot send a command without RequestType', 'write it into the file or give --type')
}
