import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databases } from '../harness/databases.ts'
import { testConfiguration } from '../harness/declarations.ts'
import { Follower, type Received } from '../harness/follower.ts'
import { giveSet, putSet } from '../harness/give.ts'
import { ipad } from '../harness/wire.ts'
import { openWorld, type World } from '../harness/world.ts'

describe.each(databases)('events on %s', (database) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(database)
    await putSet(world.admin, 'followed', { 'followed.test': testConfiguration('followed') })
  })
  afterAll(() => world.close())

  const year = async (name: string) => {
    const device = ipad(world.url, name)
    await device.enroll()
    await giveSet(world.admin, 'followed', device.id)
    await device.enable()
    await device.items()
    await device.report({ device: { model: { family: 'iPad' } } })
    return device
  }
  const about = (id: string, received: readonly Received[]) => received.filter(({ data }) => data.enrollment === id)
  const reported = (id: string) => (received: readonly Received[]) =>
    about(id, received).some(({ event }) => event === 'channel.reported')

  it('arrive once each, in the order in which things happened, with what the contract says', async () => {
    const follower = await Follower.of(world, '/api/v1/events')
    const device = await year('ORDER')
    const received = await follower.until('the report', reported(device.id))
    follower.stop()
    expect(received.map(({ id }) => id)).toEqual([...new Set(received.map(({ id }) => id))].sort((a, b) => a - b))
    expect(received.every(({ event, data }) => event === data.type)).toBe(true)
    const own = about(device.id, received)
      .map(({ event }) => event)
      .filter((event) => event !== 'wake.sent')
    expect(own).toEqual([
      'enrollment.enrolled',
      'enrollment.changed',
      'enrollment.changed',
      'channel.collected',
      'channel.reported',
    ])
  })

  it('reach everybody who follows', async () => {
    const followers = await Promise.all([
      Follower.of(world, '/api/v1/events'),
      Follower.of(world, '/api/v1/events'),
      Follower.of(world, '/api/v1/events'),
    ])
    const device = await year('EVERYBODY')
    const all = await Promise.all(followers.map((one) => one.until('the report', reported(device.id))))
    for (const follower of followers) follower.stop()
    const [first, ...others] = all.map((received) => about(device.id, received).map(({ id }) => id))
    for (const other of others) expect(other).toEqual(first)
  })

  it('begin now without Last-Event-ID, and go on after it with one: nothing is missed, nothing comes twice', async () => {
    const first = await Follower.of(world, '/api/v1/events')
    const one = await year('RESUME-1')
    const before = await first.until('the first report', reported(one.id))
    first.stop()
    const last = before.at(-1)?.id ?? 0
    const two = await year('RESUME-2')
    const late = await Follower.of(world, '/api/v1/events')
    const second = await Follower.of(world, '/api/v1/events', { after: last })
    const three = await year('RESUME-3')
    const [missed, fresh] = await Promise.all([
      second.until('the third report', reported(three.id)),
      late.until('the third report', reported(three.id)),
    ])
    second.stop()
    late.stop()
    expect(Math.min(...missed.map(({ id }) => id))).toBeGreaterThan(last)
    expect(about(one.id, missed).filter(({ event }) => event !== 'wake.sent')).toEqual([])
    for (const id of [two.id, three.id])
      expect(about(id, missed).filter(({ event }) => event === 'channel.reported')).toHaveLength(1)
    expect(about(two.id, fresh).filter(({ event }) => event !== 'wake.sent')).toEqual([])
    const whole = [...before, ...missed].map(({ id }) => id)
    expect(new Set(whole).size).toBe(whole.length)
  })

  it('from the very beginning are all that is kept, however many', async () => {
    const follower = await Follower.of(world, '/api/v1/events?types=channel.reported', { after: 0 })
    const device = ipad(world.url, 'MANY')
    await device.enroll()
    for (let count = 0; count < 60; count += 1) await device.report({ 'com.example': { count } })
    const seen = await follower.until('sixty reports', (received) => about(device.id, received).length === 60)
    follower.stop()
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length)
    expect(new Set(seen.map(({ event }) => event))).toEqual(new Set(['channel.reported']))
  })

  it('of some types are only those, and a type that does not exist is 400', async () => {
    const follower = await Follower.of(world, '/api/v1/events?types=declaration.changed,enrollment.left')
    const device = await year('TYPES')
    await world.admin('put-declaration', { params: { identifier: 'types' }, body: testConfiguration('types') })
    await device.send({ MessageType: 'CheckOut', UDID: 'IPAD-TYPES', Topic: 'com.apple.mgmt.External.tests' })
    const received = await follower.until('it left', (all) => all.some(({ event }) => event === 'enrollment.left'))
    follower.stop()
    expect(received.map(({ event }) => event)).toEqual(['declaration.changed', 'enrollment.left'])
    const problem = await world.admin.refused('follow-events', { query: { types: 'declaration.changed,nope' } })
    expect(problem).toMatchObject({ status: 400, code: 'request-malformed', at: '/query/types', found: 'nope' })
    expect(problem.expected).toContain('declaration.changed')
  })

  it('cost nobody anything after whoever followed hung up', async () => {
    const followers = await Promise.all(Array.from({ length: 20 }, () => Follower.of(world, '/api/v1/events')))
    for (const follower of followers) follower.stop()
    const device = await year('HUNG-UP')
    expect((await world.admin('get-enrollment', { params: { id: device.id } })).enabled).toBe(true)
  })
})
