import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testConfiguration } from '../harness/declarations.ts'
import { eventually } from '../harness/eventually.ts'
import { enrolledFleet, pushTokenOf } from '../harness/fleet.ts'
import { putSet } from '../harness/give.ts'
import { openWorld, type World } from '../harness/world.ts'

const FLEET = 2_500
const CHANGES = 4
const BURST = 500
const TOPIC = 'com.apple.mgmt.External.tests'

describe('ten thousand pushes over TLS', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld('sqlite', { pushTopic: TOPIC })
  })
  afterAll(() => world.close())

  const noWakesLeft = () =>
    eventually('no wake is pending', async () => (await world.server.services.store.scan.counts()).pendingWakes === 0)

  it('through two goodbyes and a burst of 429 reach every device', async () => {
    const { admin, apns } = world
    const fleet = await enrolledFleet(world.url, 'mass', FLEET)
    await putSet(admin, 'mass', { 'mass.test': testConfiguration('0') })
    await admin('put-group', { params: { name: 'mass' }, body: { enrollments: fleet.map(({ id }) => id) } })
    await admin('put-group-set', { params: { name: 'mass', set: 'mass' }, body: {} })
    await noWakesLeft()

    const connections = apns.connections
    const busy = new Set<string>()
    let judged = 0
    let goodbyes = 0
    apns.fail(({ token }) => {
      judged += 1
      if (goodbyes < 2 && judged >= 3000 * (goodbyes + 1)) {
        goodbyes += 1
        const code = goodbyes === 1 ? 0 : 11
        // After the answer to this one.
        setImmediate(() => apns.goAway({ reason: 'Shutdown', code }))
      }
      if (judged < 4000 || busy.size === BURST || busy.has(token)) return null
      busy.add(token)
      return { status: 429, reason: 'TooManyRequests', ...(busy.size % 2 === 0 ? { retryAfter: 1 } : {}) }
    })
    let repeated = 0
    for (let change = 1; change <= CHANGES; change += 1) {
      const before = world.pushes.length
      await admin('put-declaration', { params: { identifier: 'mass.test' }, body: testConfiguration(`${change}`) })
      await noWakesLeft()
      const seen = Map.groupBy(world.pushes.slice(before), (token) => token)
      expect(fleet.filter((device) => !seen.has(pushTokenOf(device)))).toEqual([])
      repeated += [...seen.values()].filter((times) => times.length > 1).length
    }
    expect([goodbyes, busy.size, apns.connections - connections]).toEqual([2, BURST, 2])
    // What was being answered when the second goodbye came, with an error, is sent again: a page at most.
    expect(repeated).toBeLessThanOrEqual(200)
  })
})
