import { type Answer, manualClock, type Transport } from '@edict/device'
import { describe, expect, it } from 'vitest'
import type { Fleet } from './fleet.ts'
import { createPuppet, type Puppet } from './puppet.ts'
import { deviceKey, type FleetOptions, startFleet } from './start-fleet.ts'

const answer = async (status: number): Promise<Answer> => ({ status, headers: {}, body: new Uint8Array() })
const answered = (status: number) => () => answer(status)

function fleetOf(options: Partial<FleetOptions> = {}, checkIn: Transport['checkIn'] = answered(200)): Fleet {
  return startFleet({
    server: 'http://127.0.0.1:1',
    groups: [{ kind: 'ipad', count: 3 }],
    clock: manualClock(0),
    transport: { checkIn, connect: checkIn, fetch: answered(404), post: answered(404) },
    create: createPuppet,
    ...options,
  })
}

const puppets = (fleet: Fleet) => fleet.devices as readonly Puppet[]
const hex = (text: string) => Buffer.from(text).toString('hex')
const never = new Promise<void>(() => undefined)

describe('who the devices are', () => {
  it('follows from the seed, the kind and the number, whatever else is in the fleet', () => {
    const ids = (fleet: Fleet) => fleet.devices.map(({ id }) => id)
    expect(ids(fleetOf())).toEqual(ids(fleetOf()))
    expect(ids(fleetOf({ seed: 'other' }))).not.toEqual(ids(fleetOf()))
    const groups = [
      { kind: 'mac', count: 2 } as const,
      { kind: 'ipad', count: 2 } as const,
      { kind: 'ipad', count: 1 } as const,
    ]
    expect(ids(fleetOf({ groups })).slice(2)).toEqual(ids(fleetOf()))
  })

  it('is found by the id of any channel, or by place', () => {
    const fleet = fleetOf({ groups: [{ kind: 'mac', count: 2 }] })
    const [first, second] = fleet.devices
    expect(fleet.find(`${second?.id}:USER`)).toBe(second)
    expect([fleet.find(0), fleet.find('1'), fleet.find('2'), fleet.find('nobody')]).toEqual([
      first,
      second,
      undefined,
      undefined,
    ])
  })
})

describe('enrollment', () => {
  it('is of all that are not enrolled yet, some at a time', async () => {
    let open = 0
    let most = 0
    const checkIn: Transport['checkIn'] = async () => {
      open += 1
      most = Math.max(most, open)
      await Promise.resolve()
      open -= 1
      return answer(200)
    }
    const state = { version: 1, kind: 'ipad', seed: 'edict ipad 2', device: { enrollments: 1 } } as const
    const fleet = fleetOf(
      { enrollAtOnce: 2, groups: [{ kind: 'ipad', count: 7 }], states: new Map([[deviceKey(state), state]]) },
      checkIn,
    )
    const progress: number[] = []
    expect(await fleet.enroll((count) => progress.push(count))).toEqual([])
    expect(progress).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(most).toBe(2)
    expect(puppets(fleet).map(({ requests }) => requests.length)).toEqual([1, 0, 1, 1, 1, 1, 1])
  })

  it('is tried again when the server would not have it at first', async () => {
    const clock = manualClock(0)
    const statuses = [503, 503, 200]
    const fleet = fleetOf({ clock, groups: [{ kind: 'ipad', count: 1 }] }, () => answer(statuses.shift() ?? 0))
    const enrolling = fleet.enroll()
    await turn()
    clock.advance(250)
    await turn()
    clock.advance(500)
    expect(await enrolling).toEqual([])
  })

  it('that nobody gets into is given up for all', async () => {
    const clock = manualClock(0)
    let sent = 0
    const fleet = fleetOf({ clock, enrollAtOnce: 1 }, () => {
      sent += 1
      return answer(400)
    })
    const enrolling = fleet.enroll()
    for (let attempt = 0; attempt < 6; attempt += 1) {
      await turn()
      clock.advance(10_000)
    }
    const failures = await enrolling
    expect(failures.map(({ device }) => device)).toEqual(fleet.devices)
    expect(failures[0]?.error).toMatchObject({ message: 'Cannot enroll: answered 400' })
    expect(sent).toBe(6)
  })
})

describe('a push', () => {
  it('reaches the device with the token, in either case, and no other', async () => {
    const fleet = fleetOf({ groups: [{ kind: 'mac', count: 2 }] })
    const [, second] = puppets(fleet)
    const token = hex(`${second?.id}:USER 1`)
    expect(await fleet.push(token)).toBe(false)
    await fleet.enroll()
    expect([await fleet.push(token), await fleet.push(token.toUpperCase()), await fleet.push('ab')]).toEqual([
      true,
      true,
      false,
    ])
    expect(puppets(fleet).map(({ pushes }) => pushes.length)).toEqual([0, 2])
    expect([fleet.knows(token), fleet.knows('ab')]).toEqual([true, false])
  })

  it('to a token of an earlier enrollment, or with another magic, is nobody’s', async () => {
    const fleet = fleetOf()
    await fleet.enroll()
    const [device] = puppets(fleet)
    expect(await fleet.push(hex(`${device?.id} 1`), 'magic 1')).toBe(true)
    expect(await fleet.push(hex(`${device?.id} 1`), 'magic 0')).toBe(false)
    await device?.enroll()
    expect(await fleet.push(hex(`${device?.id} 1`))).toBe(false)
    expect(await fleet.push(hex(`${device?.id} 2`))).toBe(true)
  })

  it('that comes before the TokenUpdate is answered finds its device', async () => {
    const fleet = fleetOf({
      create: (options) => {
        const puppet = createPuppet(options)
        return {
          ...puppet,
          enroll: () =>
            puppet
              .enroll()
              .then(() => options.transport.checkIn(new Uint8Array()))
              .then(() => never),
        }
      },
    })
    void fleet.enroll()
    await turn()
    expect(fleet.knows(hex(`${fleet.devices[0]?.id} 1`))).toBe(true)
  })
})

it('counts what may have changed, and who has collected a manifest', async () => {
  const fleet = fleetOf()
  const { changes } = fleet
  const [first] = fleet.devices
  if (first === undefined) throw new Error('Cannot test an empty fleet')
  fleet.apply(first, { type: 'lock' })
  expect(fleet.changes).toBe(changes + 1)
  expect(puppets(fleet)[0]?.events).toEqual([{ type: 'lock' }])
  expect(fleet.synced).toBe(0)
  await first.sync()
  expect(fleet.synced).toBe(1)
})

/** Lets what waits for nothing but promises go on. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
