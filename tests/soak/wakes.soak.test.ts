import { startApnsDouble } from '@edict/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Admin, adminOf } from '../harness/admin.ts'
import { databases, freshDatabase } from '../harness/databases.ts'
import { testConfiguration } from '../harness/declarations.ts'
import { eventually } from '../harness/eventually.ts'
import { enrolledFleet, pushTokenOf } from '../harness/fleet.ts'
import { putSet } from '../harness/give.ts'
import { changesOfGroup } from '../harness/pushes.ts'
import { openWorld } from '../harness/world.ts'
import { freePort, type ServerProcess, startServerProcess } from './server-process.ts'

const FLEET = 1500
const PAGE = 200
const MANY = 10_000

describe.each(databases)('a mass wake that is killed half-way on %s', (database) => {
  const pushes: string[] = []
  let location: Awaited<ReturnType<typeof freshDatabase>>
  let push: Awaited<ReturnType<typeof startApnsDouble>>
  let server: ServerProcess
  let admin: Admin
  let port: number
  const options = () => ['--apns', push.url, '--wake-rate', '1000', '--wake-window', '20', '--second-push', '0']
  beforeAll(async () => {
    push = await startApnsDouble({ listen: '127.0.0.1:0', onPush: async (token) => void pushes.push(token) })
    location = await freshDatabase(database)
    port = await freePort()
    server = await startServerProcess(port, location.database, options())
    admin = adminOf(server.url)
  })
  afterAll(async () => {
    await server.kill()
    await push.close()
    await location.remove()
  })

  const noWakesLeft = () =>
    eventually('no wake is pending', async () => {
      const metrics = await (await fetch(`${server.url}/metrics`)).text()
      return /^edict_fleet\{what="pending-wakes"\} 0$/m.test(metrics)
    })

  it('misses none, and repeats at most a page', async () => {
    const fleet = await enrolledFleet(server.url, `mass-${database}`, FLEET)
    await putSet(admin, 'mass', { 'mass.test': testConfiguration('one') })
    await admin('put-group', { params: { name: 'mass' }, body: { enrollments: fleet.map(({ id }) => id) } })
    await admin('put-group-set', { params: { name: 'mass', set: 'mass' }, body: {} })
    await noWakesLeft()

    const before = pushes.length
    await admin('put-declaration', { params: { identifier: 'mass.test' }, body: testConfiguration('two') })
    await eventually('half of the fleet is pushed', () => pushes.length - before > FLEET / 2)
    await server.kill()
    server = await startServerProcess(port, location.database, options())
    await noWakesLeft()

    const seen = Map.groupBy(pushes.slice(before), (token) => token)
    expect(fleet.filter((device) => !seen.has(pushTokenOf(device)))).toEqual([])
    const repeated = [...seen.values()].filter((times) => times.length > 1).length
    expect(repeated).toBeLessThanOrEqual(PAGE)
  })
})

describe.each(databases)('a change to ten thousand devices on %s', (database) => {
  it('wakes each of them once, also when they have two sets', async () => {
    const world = await openWorld(database)
    for (const pushed of await changesOfGroup(world, MANY)) {
      expect(pushed.size).toBe(MANY)
      expect([...pushed.values()].every((times) => times === 1)).toBe(true)
    }
    await world.close()
  })
})
