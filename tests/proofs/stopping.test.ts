import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { TOKEN } from '../harness/admin.ts'
import { databases } from '../harness/databases.ts'
import { testConfiguration } from '../harness/declarations.ts'
import { eventually } from '../harness/eventually.ts'
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
})
