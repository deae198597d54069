import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { createServer } from 'node:http2'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { TOKEN } from '../harness/admin.ts'
import { databases } from '../harness/databases.ts'
import { testConfiguration } from '../harness/declarations.ts'
import { eventually } from '../harness/eventually.ts'
import { enrolledFleet, pushTokenOf } from '../harness/fleet.ts'
import { putSet } from '../harness/give.ts'
import { ipad } from '../harness/wire.ts'
import { openWorld, type World } from '../harness/world.ts'

/** What a stop may take, in milliseconds; a kept connection would hold it up for more than a minute. */
const SOON = 5_000

describe.each(databases)('a server that is stopped on %s', (database) => {
  let world: World
  afterEach(() => world.close())
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }

  it('answers what is under way and does not wait for its client to hang up', async () => {
    world = await openWorld(database)
    const { store } = world.server.services
    let open = (): void => undefined
    const gate = new Promise<void>((resolve) => {
      open = resolve
    })
    let locked = false
    const holding = store.transaction(async (tx) => {
      await tx.lockRevision('update')
      locked = true
      await gate
    })
    await eventually('the revision is locked', () => locked)

    const agent = new Agent({ keepAlive: true })
    let sent = false
    const answer = new Promise<number | undefined>((resolve, reject) => {
      const put = request(`${world.url}/api/v1/declarations/late`, { method: 'PUT', agent, headers }, (response) => {
        response.resume().on('end', () => resolve(response.statusCode))
      })
      put.on('error', reject).on('finish', () => {
        sent = true
      })
      put.end(JSON.stringify(testConfiguration('late')))
    })
    await eventually('the request was sent', () => sent)
    await world.admin('health')
    const from = performance.now()
    const stopped = world.restart()
    open()
    await holding
    expect(await answer).toBe(200)
    await stopped
    expect(performance.now() - from).toBeLessThan(SOON)
    expect(await world.admin('get-declaration', { params: { identifier: 'late' } })).toMatchObject({ version: 1 })
    agent.destroy()
  })

  it('does not wait for a connection on which nothing was ever said', async () => {
    world = await openWorld(database)
    const { hostname, port } = new URL(world.url)
    const silent = connect(Number(port), hostname).on('error', () => undefined)
    await once(silent, 'connect')
    await world.admin('health')
    const closed = once(silent, 'close')
    const from = performance.now()
    await world.restart()
    expect(performance.now() - from).toBeLessThan(SOON)
    await closed
  })

  it('ends event streams, and whoever followed one goes on where it ended', async () => {
    world = await openWorld(database)
    const follow = (from: string) =>
      fetch(`${world.url}/api/v1/events?types=enrollment.enrolled`, { headers: { ...headers, 'last-event-id': from } })
    const stream = await follow('0')
    await ipad(world.url, 'STREAM').enroll()
    const from = performance.now()
    await world.restart()
    expect(performance.now() - from).toBeLessThan(SOON)
    const seen = [...(await stream.text()).matchAll(/^id: (\d+)$/gm)].map(([, id]) => id)
    const reader = (await follow(seen.at(-1) ?? '0')).body?.pipeThrough(new TextDecoderStream()).getReader()
    await ipad(world.url, 'AFTER').enroll()
    let text = ''
    await eventually('the later events', async () => {
      text += (await reader?.read())?.value ?? ''
      return text.includes('IPAD-AFTER')
    })
    await reader?.cancel()
    expect([...text.matchAll(/^id: (\d+)$/gm)].length + seen.length).toBe(2)
  })

  it('gives back the wakes that it took: the next goes on at once, and each device is pushed once', async () => {
    let now = Date.now()
    world = await openWorld(database, { now: () => now, options: { wakeRate: '25' } })
    const noWakesLeft = async () => {
      now += 20
      const { store } = world.server.services
      await eventually('no wake is pending', async () => (await store.scan.counts()).pendingWakes === 0)
    }
    const cohort = await enrolledFleet(world.url, 'cohort', 15)
    await putSet(world.admin, 'wing', { 'wing.test': testConfiguration('one') })
    await world.admin('put-group', { params: { name: 'wing' }, body: { enrollments: cohort.map(({ id }) => id) } })
    await world.admin('put-group-set', { params: { name: 'wing', set: 'wing' }, body: {} })
    await noWakesLeft()

    const before = world.pushes.length
    const alone = await enrolledFleet(world.url, 'alone', 15)
    await world.admin('put-declaration', { params: { identifier: 'wing.test' }, body: testConfiguration('two') })
    now += 20
    await eventually('the first push', () => world.pushes.length > before)
    await world.stop()
    expect(world.pushes.length - before).toBeLessThan(alone.length + cohort.length)
    // No time passes: what a stopped node still had would stay with it.
    await world.start()
    await noWakesLeft()
    expect(world.pushes.slice(before).sort()).toEqual([...cohort, ...alone].map(pushTokenOf).sort())
  })

  it('does not wait for a push service that says nothing', async () => {
    const mute = createServer()
    const asked = once(mute, 'stream')
    await once(mute.listen(0, '127.0.0.1'), 'listening')
    const { port } = mute.address() as AddressInfo
    world = await openWorld(database, { options: { apns: `http://127.0.0.1:${port}` } })
    await ipad(world.url, 'MUTE').enroll()
    await asked
    const from = performance.now()
    await world.stop()
    expect(performance.now() - from).toBeLessThan(SOON)
    const again = once(mute, 'stream')
    await world.start()
    await again
    mute.close()
  })
})
