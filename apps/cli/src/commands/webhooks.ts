import type { EndpointQuery, EndpointResponse, EventType } from '@edict/api'
import type { Command } from 'commander'
import { UsageError } from '../failure.ts'
import { given } from '../given.ts'
import { addPaging, noteMore, pages } from '../pages.ts'
import { type Cli, type Options, type Session, serverAction, show, text } from '../session.ts'

type Shown = EndpointResponse<'get-webhook'>
type Delivery = EndpointResponse<'list-deliveries'>['items'][number]
type State = NonNullable<EndpointQuery<'list-deliveries'>['state']>

const units = { s: 1, m: 60, h: 3600, d: 86_400 } as const

export function webhooks(noun: Command, cli: Cli): void {
  const add = noun.command('add').description('deliver what happens from now on to a URL, signed')
  add.option('--events <types>', 'which, separated by commas: all when absent')
  add.option('--note <text>', 'for people to read')
  serverAction(add.argument('<url>'), cli, async (session, url = '') => {
    const { options } = session
    const body = { url, ...given({ types: typesOf(options), note: text(options.note) }) }
    const made = await session.client.call('add-webhook', { body })
    await show(session, made, () => showSecret(session, made.secret, `Webhook ${made.id}`))
  })

  const list = noun.command('list').description('list where events are delivered, and how it goes')
  serverAction(addPaging(list), cli, async (session) => {
    const page = await pages(session, (query) => session.client.call('list-webhooks', { query }))
    await show(session, page, () =>
      session.output.table(
        ['WEBHOOK', 'STATE', 'WAITING', 'FAILING SINCE', 'LAST DELIVERED', 'URL', 'NOTE'],
        page.items.map((one) => [
          one.id,
          one.state,
          one.waiting,
          one.failingSince,
          one.lastDeliveredAt,
          one.url,
          one.note,
        ]),
      ),
    )
    noteMore(session, page)
  })

  const seen = noun.command('show').description('show one webhook')
  serverAction(seen.argument('<webhook>'), cli, async (session, id = '') =>
    showWebhook(session, await session.client.call('get-webhook', { params: { id } })),
  )

  const change = noun.command('change').description('change a webhook; what is not said stays')
  change.option('--url <url>', 'another URL')
  change.option('--events <types>', 'other events, separated by commas, or all')
  change.option('--note <text>', 'another note')
  change.option('--pause', 'deliver nothing for now; what happens meanwhile is not delivered later')
  change.option('--resume', 'deliver again, also after the receiver said that it wants nothing more')
  serverAction(change.argument('<webhook>'), cli, async (session, id = '') => {
    const { options } = session
    const types = options.events === 'all' ? null : typesOf(options)
    const body = given({ url: text(options.url), types, note: text(options.note), state: stateOf(options) })
    if (Object.keys(body).length === 0)
      throw new UsageError('Cannot change nothing: expected --url, --events, --note, --pause or --resume')
    await showWebhook(session, await session.client.call('change-webhook', { params: { id }, body }))
  })

  const remove = noun.command('remove').description('deliver nothing more, and forget what waits')
  serverAction(remove.argument('<webhook>'), cli, async (session, id = '') => {
    const removed = await session.client.call('remove-webhook', { params: { id } })
    await show(session, removed, () => session.output.line(`Removed webhook ${removed.id}`))
  })

  const rotate = noun.command('rotate').description('make a new secret; for a while the one before signs too')
  rotate.option('--overlap <time>', 'for how long: 0s to 30d', '1d')
  serverAction(rotate.argument('<webhook>'), cli, async (session, id = '') => {
    const body = { overlap: overlapOf(session.options) }
    const made = await session.client.call('rotate-webhook-secret', { params: { id }, body })
    await show(session, made, () => {
      showSecret(session, made.secret, `Webhook ${made.id}`)
      if (made.previousSecretUntil !== null)
        session.output.note(`The secret before signs too until ${made.previousSecretUntil}`)
    })
  })

  const test = noun.command('test').description('deliver an event that is made up, at once, and say what was answered')
  serverAction(test.argument('<webhook>'), cli, async (session, id = '') => {
    const tested = await session.client.call('test-webhook', { params: { id } })
    await show(session, tested, () => {
      session.output.line(`${tested.delivered ? 'Delivered' : 'Not delivered'}: ${answered(tested)}`)
      if (tested.answer !== '') session.output.line(tested.answer)
    })
    if (!tested.delivered) session.exit(NOT_DELIVERED)
  })

  const deliveries = noun.command('deliveries').description('list what waits and what became of what did, newest first')
  deliveries.option('--state <state>', 'only these: waiting, delivered, given-up or crowded-out')
  deliveries.option('--enrollment <id>', 'only those about one enrollment')
  serverAction(addPaging(deliveries.argument('<webhook>')), cli, async (session, id = '') => {
    const { options } = session
    // The server says what it takes.
    const filter = given({ state: text(options.state) as State | undefined, enrollment: text(options.enrollment) })
    const page = await pages(session, (query) =>
      session.client.call('list-deliveries', { params: { id }, query: { ...filter, ...query } }),
    )
    await show(session, page, () =>
      session.output.table(
        ['DELIVERY', 'EVENT', 'ENROLLMENT', 'HAPPENED', 'STATE', 'ATTEMPTS', 'LAST ANSWER', 'NEXT'],
        page.items.map(row),
      ),
    )
    noteMore(session, page)
  })

  const again = noun.command('redeliver').description('queue deliveries again, before what waits of their enrollments')
  again.option('--lost', 'all that was given up or crowded out, instead of some by their ids')
  serverAction(again.argument('<webhook>').argument('[deliveries...]'), cli, async (session, id = '', ...ids) => {
    if ((session.options.lost === true) === ids.length > 0)
      throw new UsageError('Cannot deliver again: expected ids of deliveries, or --lost')
    const body = ids.length > 0 ? { deliveries: ids } : {}
    const { queued } = await session.client.call('redeliver', { params: { id }, body })
    await show(session, { queued }, () =>
      session.output.line(`Queued ${queued} ${queued === 1 ? 'delivery' : 'deliveries'} again`),
    )
  })
}

/** What scripts look at: as for problems that were found. */
const NOT_DELIVERED = 1

function showSecret({ output }: Session, secret: string, whose: string): void {
  output.line(secret)
  output.note(`${whose} signs with this secret. It is shown this once: give it to the receiver`)
}

async function showWebhook(session: Session, shown: Shown): Promise<void> {
  await show(session, shown, () =>
    session.output.facts({
      webhook: shown.id,
      url: shown.url,
      events: shown.types === null ? 'all' : shown.types.join(', '),
      note: shown.note === '' ? undefined : shown.note,
      state: shown.state,
      'made at': shown.madeAt,
      waiting: shown.waiting,
      'crowded out': shown.crowdedOut === 0 ? undefined : shown.crowdedOut,
      'failing since': shown.failingSince ?? undefined,
      'last delivered': shown.lastDeliveredAt,
      'secret before signs until': shown.previousSecretUntil ?? undefined,
    }),
  )
}

function row({ id, type, enrollment, at, state, attempts, log, nextAt }: Delivery) {
  const last = log.at(-1)
  return [id, type, enrollment, at, state, attempts, last === undefined ? null : answered(last), nextAt]
}

function answered(attempt: Pick<Delivery['log'][number], 'status' | 'failure' | 'duration'>): string {
  return `${attempt.failure ?? attempt.status} (${attempt.duration} ms)`
}

function typesOf({ events }: Options): EventType[] | undefined {
  // The server says which there are.
  return text(events)
    ?.split(',')
    .map((type) => type.trim() as EventType)
}

function stateOf({ pause, resume }: Options): 'on' | 'paused' | undefined {
  if (pause === true && resume === true) throw new UsageError('Cannot pause and resume at once')
  if (pause === true) return 'paused'
  return resume === true ? 'on' : undefined
}

function overlapOf({ overlap }: Options): number {
  const [, count, unit] = /^(\d{1,7})([smhd])$/.exec(text(overlap) ?? '') ?? []
  const seconds = Number(count) * units[unit as keyof typeof units]
  if (seconds >= 0 && seconds <= 30 * units.d) return seconds
  throw new UsageError(`Cannot use --overlap ${overlap}: expected a time such as 0s, 1h or 7d, up to 30d`)
}
