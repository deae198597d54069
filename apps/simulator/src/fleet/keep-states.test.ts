import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DeviceState, manualClock } from '@edict/device'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Fleet } from './fleet.ts'
import { keepStates } from './keep-states.ts'
import { createPuppet } from './puppet.ts'
import { startFleet } from './start-fleet.ts'
import { readStates } from './state-file.ts'

let path: string

beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), 'edict-state-')), 'fleet')
})

const send = async () => ({ status: 200, headers: {}, body: new Uint8Array() })

function fleetOf(count: number, states: ReadonlyMap<string, DeviceState> = new Map()): Fleet {
  return startFleet({
    server: 'http://127.0.0.1:1',
    groups: [{ kind: 'ipad', count }],
    clock: manualClock(0),
    transport: { checkIn: send, connect: send, fetch: send, post: send },
    create: createPuppet,
    states,
  })
}

const enrollments = async () => [...(await readStates(path)).values()].map(({ device }) => device.enrollments)
const enrolled = (fleet: Fleet) => fleet.devices.map((device) => device.inspect().enrolled)

describe('the state of a fleet', () => {
  it('is in the file at the end, and a fleet made from it goes on enrolled', async () => {
    const fleet = fleetOf(3)
    const kept = keepStates({ path, fleet, clock: manualClock(0), states: new Map(), onProblem: failed })
    await fleet.enroll()
    await kept.close()
    const again = fleetOf(3, await readStates(path))
    expect(enrolled(again)).toEqual([true, true, true])
    expect(again.devices.map(({ id }) => id)).toEqual(fleet.devices.map(({ id }) => id))
  })

  it('is written when something changed, every two seconds at most, and nothing else is left there', async () => {
    const clock = manualClock(0)
    const fleet = fleetOf(2)
    const kept = keepStates({ path, fleet, clock, states: new Map(), onProblem: failed })
    clock.advance(2_000)
    await kept.idle()
    await fleet.enroll()
    clock.advance(1_999)
    await kept.idle()
    expect(readdirSync(join(path, '..'))).toEqual([])
    clock.advance(1)
    await kept.idle()
    expect(await enrollments()).toEqual([1, 1])
    writeFileSync(path, 'not touched')
    clock.advance(2_000)
    await kept.idle()
    expect(readFileSync(path, 'utf8')).toBe('not touched')
    await fleet.devices[1]?.enroll()
    clock.advance(2_000)
    await kept.idle()
    expect(await enrollments()).toEqual([1, 2])
    expect(readdirSync(join(path, '..'))).toEqual(['fleet'])
    await kept.close()
    expect(clock.next()).toBeUndefined()
  })

  it('of devices that are not there this time is kept for the next', async () => {
    const large = fleetOf(3)
    const kept = keepStates({ path, fleet: large, clock: manualClock(0), states: new Map(), onProblem: failed })
    await large.enroll()
    await kept.close()
    const states = await readStates(path)
    const small = fleetOf(1, states)
    const keptSmall = keepStates({ path, fleet: small, clock: manualClock(0), states, onProblem: failed })
    await small.devices[0]?.sync()
    await keptSmall.close()
    expect(enrolled(fleetOf(4, await readStates(path)))).toEqual([true, true, true, false])
  })

  it('that cannot be written is said, and the fleet goes on', async () => {
    const clock = manualClock(0)
    const said: string[] = []
    const gone = join(path, 'no', 'such')
    const fleet = fleetOf(1)
    const kept = keepStates({
      path: gone,
      fleet,
      clock,
      states: new Map(),
      onProblem: (line) => said.push(line),
    })
    await fleet.enroll()
    clock.advance(2_000)
    await kept.idle()
    expect(said).toEqual([expect.stringContaining(`Cannot save the state to ${gone}: ENOENT`)])
    await expect(kept.close()).rejects.toThrow('ENOENT')
  })
})

describe('a file', () => {
  it('that is not there holds no states', async () => {
    expect((await readStates(path)).size).toBe(0)
  })

  it.each([
    ['hello', 'line 1: it is not {"format":"edict-fleet","version":1}'],
    ['{"format":"edict-fleet","version":1}\n{', 'line 2: it is not JSON'],
    ['{"format":"edict-fleet","version":1}\n{"version":2}', 'line 2: it is not the state of a device of version 1'],
  ])('that is something else is refused: %j', async (text, why) => {
    writeFileSync(path, text)
    await expect(readStates(path)).rejects.toMatchObject({
      code: 'option-unusable',
      message: expect.stringContaining(why),
    })
  })
})

function failed(message: string): never {
  throw new Error(message)
}
