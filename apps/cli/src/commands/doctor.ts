import { appendFile } from 'node:fs/promises'
import { type Captured, type Conversation, diagnose, LARGEST, Listener, readRecord } from '@edict/core'
import type { Command } from 'commander'
import { UsageError } from '../failure.ts'
import { type Cli, foundProblems, serverAction } from '../session.ts'
import { diagnosisText } from './doctor/diagnosis-text.ts'
import { diagnoseFleet, diagnoseOwn } from './doctor/own.ts'
import { recordedLine } from './doctor/recorded-line.ts'
import { entryText, timeline } from './doctor/timeline.ts'
import { watch } from './doctor/watch.ts'

interface Given {
  readonly all?: true
  readonly trace?: string
  readonly listen?: string
  readonly upstream?: string
  readonly record?: string
  readonly timeline?: boolean
  readonly json?: true
}

/** A record is read whole. */
const LARGEST_RECORD = LARGEST * 16

/** Says why a device is silent: one of our own, all of them, or from what was recorded or is heard of any server. */
export function doctor(command: Command, cli: Cli): void {
  command.argument('[enrollment]', 'one of this server')
  command.option('--all', 'every channel of this server, grouped by cause')
  command.option(
    '--trace <file>',
    'a recorded exchange: HAR, JSON lines, or what edict trace --json gave (- for standard input); no server is asked',
  )
  command.option('--listen <host:port>', 'stand in front of another server, and hear what is said')
  command.option('--upstream <url>', 'that server: http://… or https://…')
  command.option('--record <file>', 'with --listen: append what is heard to a file that --trace reads')
  command.option('--no-timeline', 'leave out what was said, and only explain it')
  serverAction(command, cli, async (session, id) => {
    const options = session.options as Given
    const { trace, listen, upstream, all } = options
    const asked = [id, all, trace, listen].filter((one) => one !== undefined)
    if (asked.length !== 1 || (listen === undefined) !== (upstream === undefined)) throw nothingToGoBy()
    if (trace !== undefined) show(await recorded(trace, cli), options, cli)
    else if (listen !== undefined && upstream !== undefined)
      show(await heardAt(listen, upstream, options, cli), options, cli)
    else if (id !== undefined) await diagnoseOwn(session, id)
    else await diagnoseFleet(session)
  })
}

function nothingToGoBy(): UsageError {
  return new UsageError(
    'Cannot diagnose: say one thing to go by',
    'an enrollment of this server, --all, a record with --trace FILE, or --listen HOST:PORT --upstream URL in front of another server',
  )
}

function show(heard: readonly Conversation[], options: Given, cli: Cli): void {
  const { colours, columns, json, line } = cli.output
  const diagnosed = heard.map(({ channel, said, beside }) => ({ channel, said, diagnosis: diagnose(said, beside) }))
  if (options.json === true) {
    const documents = diagnosed.map(({ channel, diagnosis }) => ({ channel, ...diagnosis }))
    // One device is the usual case, and reads best by itself.
    json(documents.length === 1 ? documents[0] : { channels: documents })
  } else {
    for (const [index, { channel, said, diagnosis }] of diagnosed.entries()) {
      if (index > 0) line('')
      line(colours.bold(channel ?? NAMELESS))
      const drawn = options.timeline === false ? [] : [...timeline(said, colours, columns()), '']
      for (const text of [...drawn, ...diagnosisText(diagnosis, colours)]) line(text)
    }
  }
  if (diagnosed.some(({ diagnosis }) => !diagnosis.healthy)) foundProblems(cli)
}

const NAMELESS = 'A device that the record does not name'

async function recorded(file: string, cli: Cli): Promise<readonly Conversation[]> {
  const text = await cli.read(file)
  if (text.length > LARGEST_RECORD) {
    throw new UsageError(
      `Cannot read ${file}: it is larger than ${LARGEST_RECORD / 1024 ** 2} MiB`,
      'cut it to one device',
    )
  }
  const { conversations: heard, problems } = readRecord(text)
  if (heard.length === 0) {
    const why = problems[0]?.message ?? 'there is nothing in it'
    throw new UsageError(
      `Cannot diagnose ${file}: ${why}`,
      'record JSON lines with at, direction, endpoint, status and body, or a HAR',
    )
  }
  for (const { message, expected } of problems.slice(0, 20)) cli.output.note(`${message}; expected ${expected}`)
  if (problems.length > 20) cli.output.note(`and ${problems.length - 20} lines more that cannot be used`)
  return heard
}

async function heardAt(listen: string, upstream: string, options: Given, cli: Cli): Promise<readonly Conversation[]> {
  const [, host = '', port] = /^(.*):(\d{1,5})$/.exec(listen) ?? []
  const url = URL.parse(upstream)
  if (port === undefined) throw new UsageError(`Cannot listen on ${listen}: expected HOST:PORT, such as 127.0.0.1:8081`)
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(`Cannot use ${upstream} for --upstream: expected http://… or https://…`)
  }
  const listener = new Listener()
  let keeping = Promise.resolve()
  const heard = (request: Captured, response: Captured) => {
    const { channel, said } = listener.hear(request, response)
    for (const one of said) cli.output.note(`${channel ?? '–'} ${entryText(one)}`)
    const { record } = options
    if (record === undefined) return
    const lines = [request, response].map(recordedLine).join('')
    keeping = keeping
      .then(() => appendFile(record, lines, { mode: 0o600 }))
      .catch((error: Error) => cli.output.note(`Cannot record to ${record}: ${error.message}`))
  }
  const at = { host: host.replace(/^\[|\]$/g, '') || '127.0.0.1', port: Number(port) }
  await watch({ ...at, upstream: url, signal: cli.signal, heard }, (address) =>
    cli.output.note(`Listening on ${address} for ${url.origin}; end with Ctrl-C, and what was heard is explained`),
  )
  await keeping
  return listener.conversations
}
