import { setTimeout as delay } from 'node:timers/promises'
import { openStore } from '@edict/store'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Admin, adminOf } from '../harness/admin.ts'
import { type Database, databases, freshDatabase } from '../harness/databases.ts'
import { eventually } from '../harness/eventually.ts'
import { type Answer, outOfOrder, type Receiver, startReceiver } from '../harness/receiver.ts'
import { ipad, type Wire } from '../harness/wire.ts'
import { randomFrom } from './random.ts'
import { freePort, type ServerProcess, startServerProcess } from './server-process.ts'

/** After each the next node waits for the lease of the last, a quarter of a minute. */
const KILLS = 3
const DEVICES = 6

/** What one device was promised. */
interface Reporting {
  readonly device: Wire
  sent: number
  acknowledged: number
}

describe.each(databases)(`webhooks over ${KILLS} kills at random moments on %s`, (database) => {
  let location: Awaited<ReturnType<typeof freshDatabase>>
  let port: number
  let server: ServerProcess
  let admin: Admin
  let receiver: Receiver
  beforeAll(async () => {
    location = await freshDatabase(database)
    port = await freePort()
    server = await startServerProcess(port, location.database)
    admin = adminOf(server.url)
    receiver = await startReceiver()
  })
  afterAll(async () => {
    await server.kill()
    await receiver.close()
    await location.remove()
  })

  it('are told of every report that was answered, in order, though the receiver fails now and then', async () => {
    const random = randomFrom(20261130)
    const failures: readonly Answer[] = [500, 503, 404, 'reset']
    const answer = (): Answer =>
      random.next() < 0.1 ? (failures[Math.floor(random.next() * failures.length)] ?? 500) : 204
    receiver.answer = answer
    const { id } = await admin('add-webhook', { body: { url: receiver.url, types: ['channel.reported'] } })
    const fleet = Array.from({ length: DEVICES }, (_, index): Reporting => {
      return { device: ipad(server.url, `TOLD-${index}`), sent: 0, acknowledged: 0 }
    })
    for (const { device } of fleet) await device.enroll()
    for (let kill = 0; kill < KILLS; kill += 1) {
      const { length } = receiver.attempts
      const running = { go: true }
      const load = fleet.map((reporting) => reports(reporting, running))
      await eventually('deliveries are under way', () => receiver.attempts.length > length + 5)
      await delay(random.next() * 700)
      await server.kill()
      running.go = false
      await Promise.all(load)
      server = await startServerProcess(port, location.database)
    }
    receiver.answer = () => 204
    // Whoever failed waits no longer.
    for (const state of ['paused', 'on'] as const) await admin('change-webhook', { params: { id }, body: { state } })
    await eventually('nothing waits', async () => (await admin('get-webhook', { params: { id } })).waiting === 0)
    expect(outOfOrder(receiver)).toEqual([])
    for (const { device, sent, acknowledged } of fleet) {
      const told = receiver.taken.filter(({ enrollment }) => enrollment === device.id)
      expect(told.length).toBeGreaterThanOrEqual(acknowledged)
      expect(told.length).toBeLessThanOrEqual(sent)
      expect(new Set(told.map(({ sequence }) => sequence)).size).toBe(told.length)
    }
    expect(fleet.every(({ acknowledged }) => acknowledged > 2 * KILLS)).toBe(true)
  })
})

describe.each(databases)('a node that is killed amid deliveries on %s', (database: Database) => {
  it('leaves them to the next, which repeats what was under way, once, under the same id', async () => {
    const { database: location, remove } = await freshDatabase(database)
    const receiver = await startReceiver()
    // SQLite has one process at a time, PostgreSQL two all along.
    const start = async () => startServerProcess(await freePort(), location)
    const first = await start()
    let second = database === 'postgres' ? await start() : undefined
    try {
      const admins: Admin[] = [first, second].flatMap((one) => (one === undefined ? [] : [adminOf(one.url)]))
      await admins[0]?.('add-webhook', { body: { url: receiver.url, types: ['channel.reported'] } })
      const devices = Array.from({ length: 8 }, (_, index) => ipad(first.url, `KILLED-${index}`))
      for (const device of devices) await device.enroll()
      let muted = 4
      receiver.answer = () => {
        muted -= 1
        return muted >= 0 ? 'hang' : 200
      }
      for (let round = 0; round < 5; round += 1)
        for (const device of devices) await device.report({ 'com.example': { round } })
      await eventually('four hang, and others are taken', () => receiver.taken.length > 10)
      expect(new Set(receiver.attempts.map(({ id }) => id)).size).toBe(receiver.attempts.length)
      await first.kill()
      second ??= await start()
      await eventually('all arrive', () => receiver.taken.length === 40)
      expect(outOfOrder(receiver)).toEqual([])
      const times = new Map<string, number>()
      for (const { id } of receiver.attempts) times.set(id, (times.get(id) ?? 0) + 1)
      expect(Math.max(...times.values())).toBe(2)
      expect(receiver.attempts.length - 40).toBeLessThanOrEqual(20)
      const store = await openStore({ database: location })
      await eventually('nothing waits', async () => (await store.scan.waitingDeliveries()).length === 0)
      await store.close()
    } finally {
      await first.kill()
      await second?.kill()
      await receiver.close()
      await remove()
    }
  })
})

/** A device that reports some times a second until the server is gone. */
async function reports(reporting: Reporting, running: { go: boolean }): Promise<void> {
  try {
    while (running.go) {
      reporting.sent += 1
      const { status } = await reporting.device.report({ 'com.example': { counter: reporting.sent } })
      if (status !== 200) throw new Error(`a report was answered ${status}`)
      reporting.acknowledged += 1
      await delay(100)
    }
  } catch (error) {
    if (running.go && !(error instanceof TypeError)) throw error
  }
}
