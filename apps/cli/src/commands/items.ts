import { type EndpointResponse, type StatusAnswer, statusAnswers } from '@edict/api'
import type { Command } from 'commander'
import { UsageError } from '../failure.ts'
import { given } from '../given.ts'
import { addPaging, noteMore, pages } from '../pages.ts'
import { type Cli, type Session, serverAction, show, text } from '../session.ts'

export function items(command: Command, cli: Cli): void {
  command.argument('<item>', 'dotted name, such as device.operating-system.version')
  command.option('--value <value>', 'only where it has this value: JSON, or a bare string')
  command.option('--answer <answer>', `only where it answers: ${statusAnswers.join(', ')}`)
  serverAction(addPaging(command), cli, fleetStatus)
}

async function fleetStatus(session: Session, item = ''): Promise<void> {
  const filter = given({ value: text(session.options.value), answer: answerGiven(session) })
  const page = await pages(session, (query) =>
    session.client.call('get-fleet-status', { params: { item }, query: { ...filter, ...query } }),
  )
  await show(session, page, () => showFleet(session, page))
  noteMore(session, page)
}

function answerGiven({ options }: Session): StatusAnswer | undefined {
  const answer = text(options.answer)
  const known = statusAnswers.find((word) => word === answer)
  if (answer !== undefined && known === undefined)
    throw new UsageError(`Cannot use --answer ${answer}: expected ${statusAnswers.join(', ')}`)
  return known
}

async function showFleet(
  session: Session,
  { items: rows, counts }: EndpointResponse<'get-fleet-status'>,
): Promise<void> {
  const { output } = session
  const answers = statusAnswers.filter((answer) => counts.answers[answer] > 0)
  output.note(answers.map((answer) => `${counts.answers[answer]} ${answer}`).join(', '))
  await output.table(
    ['VALUE', 'COUNT'],
    counts.values.map(({ value, count }) => [JSON.stringify(value), count]),
  )
  output.line('')
  await output.table(
    ['ENROLLMENT', 'ANSWER', 'VALUE', 'REPORTED'],
    rows.map(({ enrollment, answer, value, reportedAt }) => [enrollment, answer, JSON.stringify(value), reportedAt]),
  )
}
