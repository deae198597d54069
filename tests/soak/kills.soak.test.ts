import type { ConnectMessage, IdentityKeys, JsonObject } from '@edict/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Admin, adminOf } from '../harness/admin.ts'
import { databases, freshDatabase } from '../harness/databases.ts'
import { testConfiguration } from '../harness/declarations.ts'
import { ipad, type Wire } from '../harness/wire.ts'
import { randomFrom } from './random.ts'
import { freePort, type ServerProcess, startServerProcess } from './server-process.ts'

const KILLS = 101
const DEVICES = 8

/** What one device was promised: everything here was answered 200. */
interface Promised {
  readonly device: Wire
  /** The last value of its counter that was acknowledged, and the last that was sent. */
  acknowledged: number
  sent: number
  /** Its own array, as the acknowledged increments made it; an unacknowledged increment is sent again, as devices do. */
  readonly apps: Map<string, number>
  pending: { readonly identifier: string; readonly round: number; readonly removed: boolean } | null
  /** Token of the last manifest that arrived, and how many were asked for since. */
  collected: string | null
  lost: number
  offer: string | null
}

/** What the administrator was promised. */
interface Written {
  readonly identifier: string
  /** The number of the last write that was acknowledged, and of the last that was sent. */
  acknowledged: number
  sent: number
  /** How many were acknowledged. */
  count: number
}

describe.each(databases)(`over ${KILLS} kills at random moments under load on %s`, (database) => {
  let location: Awaited<ReturnType<typeof freshDatabase>>
  let port: number
  let server: ServerProcess
  let admin: Admin
  beforeAll(async () => {
    location = await freshDatabase(database)
    port = await freePort()
    server = await startServerProcess(port, location.database)
    admin = adminOf(server.url)
  })
  afterAll(async () => {
    await server.kill()
    await location.remove()
  })

  it('nothing that was answered 200 is lost, and nothing is doubled', async () => {
    const fleet = Array.from({ length: DEVICES }, (_, index): Promised => {
      const device = ipad(server.url, `KILLED-${index}`)
      return { device, acknowledged: 0, sent: 0, apps: new Map(), pending: null, collected: null, lost: 0, offer: null }
    })
    for (const { device } of fleet) await device.enroll()
    for (const { device } of fleet) await device.enable()
    const written: Written = { identifier: 'killed.test', acknowledged: 0, sent: 0, count: 0 }
    await writeNext(admin, written)
    await admin('put-set', { params: { name: 'killed' }, body: { declarations: ['killed.test'] } })
    for (const { device } of fleet)
      await admin('put-enrollment-set', { params: { id: device.id, name: 'killed' }, body: {} })
    const audited = (await auditCount(admin)) - 1
    const random = randomFrom(20261125)

    for (let kill = 0; kill < KILLS; kill += 1) {
      const running = { go: true }
      const load = [...fleet.map((promised) => deviceLoad(promised, running)), adminLoad(admin, written, running)]
      await new Promise((resolve) => setTimeout(resolve, 50 + random.next() * 250))
      await server.kill()
      running.go = false
      await Promise.all(load)
      server = await startServerProcess(port, location.database)
      for (const promised of fleet) await kept(admin, promised)
      await keptWriting(admin, written)
    }
    const entries = (await auditCount(admin)) - audited
    expect(entries).toBeGreaterThanOrEqual(written.count)
    expect(entries).toBeLessThanOrEqual(written.sent)
    expect(written.count).toBeGreaterThan(KILLS / 4)
    expect(fleet.every(({ acknowledged }) => acknowledged > KILLS / 4)).toBe(true)
  })
})

/** A device that reports, collects and connects until the server is gone. */
async function deviceLoad(promised: Promised, running: { go: boolean }): Promise<void> {
  const { device } = promised
  try {
    while (running.go) {
      await report(promised)
      promised.lost += 1
      const { DeclarationsToken } = await device.items()
      promised.collected = DeclarationsToken
      promised.lost = 0
      const command = await device.connect()
      if (command !== null) {
        promised.offer = command.CommandUUID
        await device.connect({ Status: 'Acknowledged', CommandUUID: command.CommandUUID, response: {} } as Omit<
          ConnectMessage,
          keyof IdentityKeys
        >)
        promised.offer = null
      }
    }
  } catch (error) {
    if (running.go && !isGone(error)) throw error
  }
}

/** One report: the counter, and one increment of the array. What was not acknowledged goes out again first. */
async function report(promised: Promised): Promise<void> {
  const { device } = promised
  promised.sent += 1
  const round = promised.sent
  const identifier = `app ${round % 7}`
  const change = promised.pending ?? { identifier, round, removed: round % 5 === 0 }
  promised.pending = change
  const item: JsonObject = change.removed
    ? { identifier: change.identifier, _removed: true }
    : { identifier: change.identifier, name: String(change.round) }
  const reply = await device.report({ 'com.example': { counter: round }, mdm: { app: [item] } })
  if (reply.status !== 200) throw new Error(`a report was answered ${reply.status}`)
  promised.acknowledged = round
  promised.pending = null
  if (change.removed) promised.apps.delete(change.identifier)
  else promised.apps.set(change.identifier, change.round)
}

async function adminLoad(admin: Admin, written: Written, running: { go: boolean }): Promise<void> {
  try {
    while (running.go) await writeNext(admin, written)
  } catch (error) {
    if (running.go && !isGone(error)) throw error
  }
}

async function writeNext(admin: Admin, written: Written): Promise<void> {
  written.sent += 1
  const body = testConfiguration(`write ${written.sent}`)
  await admin('put-declaration', { params: { identifier: written.identifier }, body })
  written.acknowledged = written.sent
  written.count += 1
}

async function kept(admin: Admin, promised: Promised): Promise<void> {
  const { id } = promised.device
  const { items } = await admin('get-status', { params: { id } })
  const counter = Number(items['com.example.counter']?.value ?? 0)
  expect(counter).toBeGreaterThanOrEqual(promised.acknowledged)
  expect(counter).toBeLessThanOrEqual(promised.sent)
  const apps = (items['mdm.app']?.value ?? []) as unknown as readonly {
    readonly identifier: string
    readonly name: string
  }[]
  expect(new Set(apps.map(({ identifier }) => identifier)).size).toBe(apps.length)
  const touched = promised.pending?.identifier
  const shown = (all: Iterable<readonly [string, string]>) =>
    [...all].filter(([identifier]) => identifier !== touched).sort()
  expect(shown(apps.map(({ identifier, name }) => [identifier, name] as const))).toEqual(
    shown([...promised.apps].map(([identifier, round]) => [identifier, String(round)] as const)),
  )
  // The last two manifests are kept; of two answers that were lost in a row the device knows nothing.
  if (promised.collected !== null && promised.lost < 2) {
    const { answered } = await admin('get-manifest', { params: { id } })
    expect(answered).toContain(promised.collected)
  }
  const { items: reports } = await admin('list-reports', { params: { id } })
  const counters = reports.map(({ statusItems }) => (statusItems?.['com.example'] as JsonObject | undefined)?.counter)
  expect(new Set(counters).size).toBe(counters.length)
}

/** Versions are one after another, each once; the newest is one that was sent, and none that was acknowledged is missing. */
async function keptWriting(admin: Admin, written: Written): Promise<void> {
  const { items } = await admin('list-declaration-versions', {
    params: { identifier: written.identifier },
    query: { limit: 1000 },
  })
  const newest = Number(String(items[0]?.Payload.Echo).replace('write ', ''))
  expect(newest).toBeGreaterThanOrEqual(written.acknowledged)
  expect(newest).toBeLessThanOrEqual(written.sent)
  const versions = items.map(({ version }) => version)
  expect(versions).toEqual(versions.map((_, index) => (versions[0] ?? 0) - index))
  expect(new Set(items.map(({ Payload }) => Payload.Echo)).size).toBe(items.length)
}

async function auditCount(admin: Admin): Promise<number> {
  let count = 0
  let cursor: string | null = null
  do {
    const page: { readonly items: readonly { readonly action: string }[]; readonly next: string | null } = await admin(
      'list-audit',
      {
        query: cursor === null ? { limit: 1000 } : { limit: 1000, cursor },
      },
    )
    count += page.items.filter(({ action }) => action === 'put-declaration').length
    cursor = page.next
  } while (cursor !== null)
  return count
}

function isGone(error: unknown): boolean {
  return error instanceof TypeError
}
