import { type Device, DeviceError, manualClock } from '@edict/device'
import { afterEach, describe, expect, it } from 'vitest'
import { createPuppet, type Puppet } from '../fleet/puppet.ts'
import { startFleet } from '../fleet/start-fleet.ts'
import { type Control, startControl } from './start-control.ts'

const open: Control[] = []

afterEach(async () => {
  for (const control of open.splice(0)) await control.close()
})

interface Answered {
  readonly [key: string]: unknown
}

async function door(create: (...options: Parameters<typeof createPuppet>) => Device = createPuppet) {
  const send = async () => ({ status: 200, headers: {}, body: new Uint8Array() })
  const fleet = startFleet({
    server: 'http://127.0.0.1:1',
    groups: [{ kind: 'mac', count: 3 }],
    clock: manualClock(0),
    transport: { checkIn: send, connect: send, fetch: send, post: send },
    create,
  })
  const control = await startControl({ listen: '127.0.0.1:0', fleet })
  open.push(control)
  const ask = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${control.url}${path}`, {
      method,
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    expect(response.headers.get('content-type')).toBe('application/json')
    return { status: response.status, body: (await response.json()) as Answered }
  }
  return { fleet, devices: fleet.devices as readonly Puppet[], ask }
}

describe('devices', () => {
  it('are listed page by page', async () => {
    const { ask, devices } = await door()
    const first = await ask('GET', '/devices?limit=2')
    expect(first.body).toMatchObject({
      total: 3,
      next: '2',
      devices: [{ id: devices[0]?.id, index: 0, kind: 'mac' }, { index: 1 }],
    })
    const second = await ask('GET', `/devices?limit=2&cursor=${first.body.next}`)
    expect(second.body).toMatchObject({ next: null, devices: [{ id: devices[2]?.id, index: 2 }] })
    expect((await ask('GET', '/devices?limit=0')).body).toMatchObject({ code: 'query-unfit', at: 'limit', found: '0' })
  })

  it('are shown with what they hold, what is active, what is not and why', async () => {
    const { ask, devices } = await door()
    const id = devices[1]?.id ?? ''
    const { status, body } = await ask('GET', `/devices/${encodeURIComponent(id)}`)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      id,
      device: id,
      token: null,
      held: [],
      active: [{ kind: 'activation', identifier: `${id} on` }],
      inactive: [{ kind: 'activation', identifier: `${id} off`, reasons: [{ code: 'Info.Predicate' }] }],
      predicates: [{ activation: `${id} off`, source: 'FALSEPREDICATE', outcome: 'false' }],
      channels: [{ id }, { id: `${id}:USER` }],
    })
  })

  it('are found by a channel whose id has a colon, encoded or not, and by place', async () => {
    const { ask, devices } = await door()
    const user = `${devices[2]?.id}:USER`
    const encoded = encodeURIComponent(user)
    for (const path of [encoded, encoded.replace('%3A', ':')]) {
      const { body } = await ask('GET', `/devices/${path}`)
      expect(body).toMatchObject({ id: user, device: devices[2]?.id, active: [{ identifier: `${user} on` }] })
    }
    expect((await ask('GET', '/devices/2')).body.id).toBe(devices[2]?.id)
  })
})

describe('events', () => {
  it('happen, one or several', async () => {
    const { ask, devices } = await door()
    expect(await ask('POST', '/devices/0/events', { type: 'lock' })).toMatchObject({
      status: 200,
      body: { applied: 1 },
    })
    const several = [{ type: 'unlock' }, { type: 'passcode.set', present: false }]
    expect(await ask('POST', '/devices/0/events', several)).toMatchObject({ status: 200, body: { applied: 2 } })
    expect(devices[0]?.events).toEqual([{ type: 'lock' }, ...several])
  })

  it('are refused with code, place, found and expected, and none of them happens', async () => {
    const { ask, devices } = await door()
    const bad = [{ type: 'lock' }, { type: 'passcode.set', present: 'no' }]
    expect(await ask('POST', '/devices/0/events', bad)).toEqual({
      status: 400,
      body: {
        code: 'value-unfit',
        detail: 'Cannot take the event: present: found "no", expected true or false',
        at: '1.present',
        found: 'no',
        expected: 'true or false',
      },
    })
    expect(await ask('POST', '/devices/0/events', { type: 'fly' })).toMatchObject({
      status: 400,
      body: { code: 'event-unknown', at: 'type', found: 'fly' },
    })
    expect(devices[0]?.events).toEqual([])
  })

  it('that the device will not have are refused with its reason', async () => {
    const { ask } = await door((options) => {
      const apply = () => {
        throw new DeviceError('account-unknown', 'Cannot change account: no x', { found: 'x', expected: 'y' })
      }
      const puppet = createPuppet(options)
      return { ...puppet, model: { ...puppet.model, apply } }
    })
    expect(await ask('POST', '/devices/0/events', { type: 'lock' })).toEqual({
      status: 400,
      body: { code: 'account-unknown', detail: 'Cannot change account: no x', found: 'x', expected: 'y' },
    })
  })

  it.each([
    ['', 400, 'body-malformed'],
    ['{', 400, 'body-malformed'],
    [`"${'x'.repeat(1024 * 1024)}"`, 413, 'body-too-large'],
  ])('that cannot be read are refused', async (body, status, code) => {
    const { ask } = await door()
    expect(await ask('POST', '/devices/0/events', body)).toMatchObject({ status, body: { code } })
  })
})

describe('orders', () => {
  it.each([
    ['connect', 'Idle'],
    ['sync', 'declaration-items'],
    ['daily', 'status'],
    ['enroll', 'Authenticate'],
  ])('to %s are carried out before the answer, which tells of the requests', async (order, endpoint) => {
    const { ask } = await door()
    const { status, body } = await ask('POST', `/devices/1/${order}`)
    expect(status).toBe(200)
    expect(body.requests).toMatchObject([{ endpoint, status: 200 }])
  })

  it('that the server refuses are answered 502 with its reason', async () => {
    const refused = new DeviceError('enrollment-refused', 'Cannot enroll: status 400', {
      at: 'Authenticate',
      found: 400,
    })
    const { ask } = await door((options) => ({ ...createPuppet(options), enroll: () => Promise.reject(refused) }))
    expect(await ask('POST', '/devices/0/enroll')).toMatchObject({
      status: 502,
      body: { code: 'enrollment-refused', found: 400 },
    })
  })

  it('to log in and out are for the user whose channel is named', async () => {
    const done: string[] = []
    const { ask } = await door((options) => ({
      ...createPuppet(options),
      logIn: async (id) => done.push(`in ${id}`) > 0,
      logOut: (id) => void done.push(`out ${id}`),
    }))
    const { body } = await ask('GET', '/devices')
    const user = `${(body as { readonly devices: readonly { readonly id: string }[] }).devices[0]?.id}:USER`
    await ask('POST', `/devices/${encodeURIComponent(user)}/log-in`)
    await ask('POST', `/devices/${encodeURIComponent(user)}/log-out`)
    expect(done).toEqual([`in ${user}`, `out ${user}`])
  })

  it('to check out end the enrollment', async () => {
    const { ask, devices } = await door()
    await ask('POST', '/devices/0/enroll')
    await ask('POST', '/devices/0/check-out')
    expect(devices[0]?.inspect().enrolled).toBe(false)
  })
})

describe('pushes', () => {
  const hex = (text: string) => Buffer.from(text).toString('hex')

  it('wake whose token it is, and the others are named', async () => {
    const { ask, fleet, devices } = await door()
    await fleet.enroll()
    const token = hex(`${devices[0]?.id}:USER 1`)
    expect((await ask('POST', '/push', { token, magic: 'magic 1' })).body).toEqual({ woken: 1, unknown: [] })
    expect((await ask('POST', '/push', { pushes: [{ token }, { token: 'ab' }] })).body).toEqual({
      woken: 1,
      unknown: ['ab'],
    })
    expect(devices.map(({ pushes }) => pushes.length)).toEqual([2, 0, 0])
  })

  it('without a token in hex are refused', async () => {
    const { ask } = await door()
    expect(await ask('POST', '/push', { token: 'xyz' })).toMatchObject({
      status: 400,
      body: { code: 'push-malformed' },
    })
  })
})

describe('the door', () => {
  it('says what it has where there is nothing', async () => {
    const { ask } = await door()
    expect(await ask('GET', '/devices/nobody')).toMatchObject({
      status: 404,
      body: { code: 'device-unknown', found: 'nobody' },
    })
    expect(await ask('GET', '/')).toMatchObject({ status: 404, body: { code: 'path-unknown' } })
    expect(await ask('DELETE', '/devices/0')).toMatchObject({
      status: 405,
      body: { code: 'method-unknown', expected: 'GET /devices/*' },
    })
    expect(await ask('GET', '/devices/%ff')).toMatchObject({ status: 400, body: { code: 'path-malformed' } })
  })

  it('opens beyond this machine only when told so', async () => {
    const { fleet } = await door()
    await expect(startControl({ listen: '0.0.0.0:0', fleet })).rejects.toMatchObject({ code: 'option-unusable' })
    const control = await startControl({ listen: '0.0.0.0:0', fleet, anywhere: true })
    open.push(control)
    const answer = await fetch(control.url.replace('0.0.0.0', '127.0.0.1'))
    expect(await answer.json()).toMatchObject({ code: 'path-unknown' })
  })
})
