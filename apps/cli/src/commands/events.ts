import type { Event } from '@edict/api'
import type { Command } from 'commander'
import { EventSourceParserStream } from 'eventsource-parser/stream'
import { UnreachableError } from '../failure.ts'
import { given } from '../given.ts'
import { type Cli, type Session, serverAction, text } from '../session.ts'

export function events(command: Command, cli: Cli): void {
  command.option('--types <types>', 'only these, such as condition.changed,channel.reported')
  serverAction(command, cli, async (session) => {
    try {
      await follow(session)
    } catch (error) {
      if (!session.signal.aborted) throw error
    }
  })
}

/** Prints events until it is interrupted. */
async function follow(session: Session): Promise<void> {
  const query = given({ types: text(session.options.types) })
  const { body } = await session.client.open('follow-events', { query })
  const messages = body?.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream()) ?? []
  for await (const { data } of messages) {
    const event = JSON.parse(data) as Event
    if (session.json) session.output.jsonLine(event)
    else session.output.line(eventText(session, event))
  }
  throw new UnreachableError('Cannot follow events any longer: the server ended the connection')
}

function eventText({ output: { colours } }: Session, { type, at, ...facts }: Event): string {
  const pairs = Object.entries(facts).map(([key, value]) => `${colours.dim(`${key}=`)}${valueText(value)}`)
  return [colours.dim(at), colours.bold(type), ...pairs].join('  ')
}

function valueText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
