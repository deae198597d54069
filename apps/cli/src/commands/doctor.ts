import { type Conversation, conversations, diagnose, LARGEST, readCapture } from '@edict/core'
import type { Command } from 'commander'
import { UsageError } from '../failure.ts'
import { type Cli, foundProblems, guarded } from '../session.ts'
import { diagnosisText } from './doctor/diagnosis-text.ts'
import { timeline } from './doctor/timeline.ts'

interface Given {
  readonly trace?: string
  readonly timeline?: boolean
  readonly json?: true
}

/** Says why a device is silent: from what it and any server said to each other, as somebody recorded it. */
export function doctor(command: Command, cli: Cli): void {
  command.option('--trace <file>', 'a recorded exchange: HAR, or JSON lines (- for standard input)')
  command.option('--no-timeline', 'leave out what was said, and only explain it')
  command.option('--json', 'print JSON')
  command.action(async (options: Given) => {
    await guarded(cli, options.json === true, async () => {
      if (options.trace === undefined)
        throw new UsageError('Cannot diagnose: there is no record', 'give one with --trace FILE')
      const { heard, problems } = await recorded(options.trace, cli)
      for (const { message, expected } of problems.slice(0, 20)) cli.output.note(`${message}; expected ${expected}`)
      if (problems.length > 20) cli.output.note(`and ${problems.length - 20} lines more that cannot be used`)
      const diagnosed = heard.map(({ channel, said }) => ({ channel, said, diagnosis: diagnose(said) }))
      if (options.json === true) {
        const documents = diagnosed.map(({ channel, diagnosis }) => ({ channel, ...diagnosis }))
        // One device is the usual case, and reads best by itself.
        cli.output.json(documents.length === 1 ? documents[0] : { channels: documents })
      } else {
        for (const [index, { channel, said, diagnosis }] of diagnosed.entries()) {
          if (index > 0) cli.output.line('')
          cli.output.line(cli.output.colours.bold(channel ?? 'A device that the record does not name'))
          const drawn = options.timeline === false ? [] : [...timeline(said, cli.output.colours), '']
          for (const line of [...drawn, ...diagnosisText(diagnosis, cli.output.colours)]) cli.output.line(line)
        }
      }
      if (diagnosed.some(({ diagnosis }) => !diagnosis.healthy)) foundProblems(cli)
    })
  })
}

async function recorded(file: string, cli: Cli) {
  const text = await cli.read(file)
  if (text.length > LARGEST * 16) {
    throw new UsageError(
      `Cannot read ${file}: it is larger than ${(LARGEST * 16) / 1024 ** 2} MiB`,
      'cut it to one device',
    )
  }
  const { messages, problems } = readCapture(text)
  const heard: readonly Conversation[] = conversations(messages)
  if (heard.length > 0) return { heard, problems }
  const [first] = problems
  throw new UsageError(
    first === undefined
      ? `Cannot diagnose ${file}: there is nothing in it`
      : `Cannot diagnose ${file}: ${first.message}`,
    'record JSON lines with at, direction, endpoint, status and body, or a HAR',
  )
}
