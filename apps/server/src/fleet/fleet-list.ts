import { type Enrollment, type FleetEntry, partOf } from '@edict/core'
import type { ExpectedDevice, Page } from '@edict/store'
import { type FleetUses, lookOverFleet } from './look-over-fleet.ts'

/** One line of the list of a number. */
export interface FleetLine extends Omit<FleetEntry, 'words'> {
  readonly enrollment: string | null
  readonly channel: Enrollment['channel'] | null
  readonly name: string | null
}

/**
 * A page of what a word counts: by the ids of channels, and of one channel in the order in which its declarations are judged. It looks at
 * no more channels than the page needs, and at all of them where few are meant.
 *
 * @param cursor `next` of the page before
 */
export async function fleetList(
  word: string,
  cursor: string | null,
  limit: number,
  services: FleetUses,
): Promise<Page<FleetLine>> {
  if (word === 'expected') return expected(cursor, limit, services)
  if (word === 'pushes-waiting') return pushesWaiting(cursor, limit, services)
  await Promise.all([services.tracer.flush(), services.store.flush(), services.pushCertificates.refresh()])
  const from = placeOf(cursor)
  let before = from.before
  let place = from
  const items: FleetLine[] = []
  for await (const { channel, entries } of lookOverFleet(from.before, [partOf(word)], services)) {
    const { enrollment } = channel
    const given = enrollment.id === from.id ? from.lines : 0
    for (const [index, entry] of entries.filter(({ words }) => words.includes(word)).entries()) {
      if (index < given) continue
      if (items.length === limit) return { items, next: textOf(place) }
      items.push(lineOf(enrollment, entry))
      place = { before, id: enrollment.id, lines: index + 1 }
    }
    before = enrollment.id
  }
  return { items, next: null }
}

/** Where a page ended: after so many lines of a channel, which follows another one. */
interface Place {
  readonly before: string | null
  readonly id: string
  readonly lines: number
}

function placeOf(cursor: string | null): Place {
  const [lines, id = '', before = ''] = (cursor ?? '').split('\n')
  return { lines: Number(lines) || 0, id, before: before === '' ? null : before }
}

function textOf({ before, id, lines }: Place): string {
  return [lines, id, before ?? ''].join('\n')
}

function lineOf(enrollment: Enrollment, { words: _words, ...entry }: FleetEntry): FleetLine {
  const { id, channel, facts, userName } = enrollment
  const name = userName ?? facts.deviceName ?? facts.productName ?? null
  return { ...entry, enrollment: id, channel, name }
}

const UNEXPLAINED = { code: null, message: null }

async function expected(cursor: string | null, limit: number, { store }: FleetUses): Promise<Page<FleetLine>> {
  const items: FleetLine[] = []
  let from = cursor
  do {
    const page: Page<ExpectedDevice> = await store.scan.expectedDevices(from, limit)
    for (const { serial, device, givenAt, expectedAt, note } of page.items) {
      if (givenAt !== null) continue
      if (items.length === limit) return { items, next: items.at(-1)?.name ?? null }
      const line = { enrollment: device, channel: null, name: serial, since: expectedAt }
      items.push({ ...line, ...UNEXPLAINED, message: note === '' ? null : note })
    }
    from = page.next
  } while (from !== null)
  return { items, next: null }
}

/** A wake of a cohort is one, however many channels are pushed by it. */
async function pushesWaiting(cursor: string | null, limit: number, { store }: FleetUses): Promise<Page<FleetLine>> {
  const { items, next } = await store.scan.wakes(cursor, limit)
  const lines = items.map(({ channel, channels, due }): FleetLine => {
    const message = channel === null ? `those of ${channels} channels that are behind` : null
    return {
      ...UNEXPLAINED,
      enrollment: channel,
      channel: null,
      name: null,
      since: due,
      message,
    }
  })
  return { items: lines, next }
}
