import type { Command } from 'commander'
import { UsageError } from '../failure.ts'
import { given } from '../given.ts'
import { readLines } from '../input.ts'
import { addPaging, noteMore, pages } from '../pages.ts'
import { type Cli, type Session, serverAction, show, text } from '../session.ts'

/** As many as one request takes. */
const BATCH = 10_000

export function automated(noun: Command, cli: Cli): void {
  const expect = noun.command('expect').description('let devices enroll by themselves, by their serial numbers')
  expect.argument('[serials...]', 'as printed on the device and in Apple School or Business Manager')
  expect.option('--file <file>', 'serial numbers, one a line; - for standard input')
  expect.option('--await', 'they wait in Setup Assistant until they are configured')
  expect.option('--shared', 'they become Shared iPads')
  expect.option('--note <text>', 'for people to read')
  serverAction(expect, cli, async (session, ...words) => {
    const { options } = session
    const wish = {
      ...(options.await === true ? { awaits: true } : {}),
      ...(options.shared === true ? { shared: true } : {}),
      ...given({ note: text(options.note) }),
    }
    let expected = 0
    for (const serials of batches(await named(session, words))) {
      expected += (await session.client.call('expect-devices', { body: { serials, ...wish } })).expected
    }
    await show(session, { expected }, () => session.output.line(`Expecting ${devices(expected)}`))
  })

  const list = noun.command('list').description('list who is expected, by serial number')
  serverAction(addPaging(list), cli, async (session) => {
    const page = await pages(session, (query) => session.client.call('list-expected-devices', { query }))
    await show(session, page, () =>
      session.output.table(
        ['SERIAL', 'AWAITS', 'SHARED', 'PROFILE GIVEN', 'ENROLLMENT', 'NOTE'],
        page.items.map((one) => [one.serial, one.awaits, one.shared, one.givenAt, one.enrollment, one.note]),
      ),
    )
    noteMore(session, page)
  })

  const forget = noun
    .command('forget')
    .description('do not let devices enroll by themselves any more; who is enrolled stays')
  forget.argument('[serials...]')
  forget.option('--file <file>', 'serial numbers, one a line; - for standard input')
  serverAction(forget, cli, async (session, ...words) => {
    let forgotten = 0
    for (const serials of batches(await named(session, words))) {
      forgotten += (await session.client.call('forget-devices', { body: { serials } })).forgotten
    }
    await show(session, { forgotten }, () => session.output.line(`Forgot ${devices(forgotten)}`))
  })
}

async function named({ options, read }: Session, words: readonly (string | undefined)[]): Promise<readonly string[]> {
  const file = text(options.file)
  const lines = file === undefined ? [] : await readLines(read, file)
  const serials = [...words.filter((word) => word !== undefined && word !== ''), ...lines] as readonly string[]
  if (serials.length > 0) return serials
  throw new UsageError('Cannot tell which devices: expected serial numbers, or --file')
}

function batches(serials: readonly string[]): readonly string[][] {
  return Array.from({ length: Math.ceil(serials.length / BATCH) }, (_, index) =>
    serials.slice(index * BATCH, (index + 1) * BATCH),
  )
}

function devices(count: number): string {
  return count === 1 ? 'one device' : `${count} devices`
}
