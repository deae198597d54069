import { manualClock } from '@edict/device'
import { describe, expect, it } from 'vitest'
import { createPuppet, type Puppet } from '../fleet/puppet.ts'
import { startFleet } from '../fleet/start-fleet.ts'
import { readScript, readScriptFile } from './read-script.ts'
import { runScript } from './run-script.ts'

function fleetOf(create: typeof createPuppet = createPuppet) {
  const send = async () => ({ status: 200, headers: {}, body: new Uint8Array() })
  const transport = { checkIn: send, connect: send, fetch: send, post: send }
  const groups = [{ kind: 'mac', count: 2 } as const]
  const fleet = startFleet({ server: 'http://127.0.0.1:1', groups, clock: manualClock(0), transport, create })
  return { fleet, devices: fleet.devices as readonly Puppet[] }
}

describe('a script', () => {
  it('lets events happen at their seconds, to one device or to all', () => {
    const { fleet, devices } = fleetOf()
    const clock = manualClock(1_000_000)
    const lines = [
      { at: 2, device: 'all', type: 'lock' },
      { at: 0.5, device: 1, type: 'battery.set', level: 0.2 },
      { at: 3, device: devices[0]?.id, type: 'passcode.comply' },
      { at: 3, device: `${devices[1]?.id}:USER`, type: 'unlock' },
    ]
    const steps = readScript(`${lines.map((line) => JSON.stringify(line)).join('\r\n')}\n\n`, fleet)
    runScript({ steps, fleet, clock, onProblem: failed })
    const seen = () => devices.map(({ events }) => events.map(({ type }) => type))
    clock.advance(499)
    expect(seen()).toEqual([[], []])
    clock.advance(1)
    expect(devices[1]?.events).toEqual([{ type: 'battery.set', level: 0.2 }])
    clock.advance(1_500)
    expect(seen()).toEqual([['lock'], ['battery.set', 'lock']])
    clock.advance(1_000)
    expect(seen()).toEqual([
      ['lock', 'passcode.comply'],
      ['battery.set', 'lock', 'unlock'],
    ])
  })

  it('ends when it is cancelled', () => {
    const { fleet, devices } = fleetOf()
    const clock = manualClock(0)
    const cancel = runScript({
      steps: readScript('{"at":1,"device":0,"type":"lock"}', fleet),
      fleet,
      clock,
      onProblem: failed,
    })
    cancel()
    clock.advance(5_000)
    expect(devices[0]?.events).toEqual([])
  })

  it('goes on when a device will not have an event', () => {
    const { fleet, devices } = fleetOf((options) => {
      const puppet = createPuppet(options)
      if (!options.seed.endsWith('1')) return puppet
      return { ...puppet, model: { ...puppet.model, apply: () => failed('no such account') } }
    })
    const clock = manualClock(0)
    const said: string[] = []
    const steps = readScript('{"at":1,"device":"all","type":"lock"}', fleet)
    runScript({ steps, fleet, clock, onProblem: (line) => said.push(line) })
    clock.advance(1_000)
    expect(said).toEqual([`lock at 1 s to ${devices[0]?.id}: no such account`])
    expect(devices[1]?.events).toEqual([{ type: 'lock' }])
  })

  it.each([
    ['{', 'line 1: '],
    ['\n[]', 'line 2: expected an object'],
    ['{"device":0,"type":"lock"}', 'line 1: at: found undefined'],
    ['{"at":-1,"device":0,"type":"lock"}', 'line 1: at: found -1'],
    ['{"at":0,"device":2,"type":"lock"}', 'line 1: device: found 2, expected 0 to 1'],
    ['{"at":0,"type":"lock"}', 'line 1: device: found undefined'],
    ['{"at":0,"device":"all","type":"lick"}', 'line 1: Cannot take the event: type: found "lick", expected lock'],
    ['{"at":0,"device":"all","type":"lock","when":1}', 'line 1: Cannot take the event: when: expected no key'],
  ])('that is wrong is refused with its line: %j', (text, message) => {
    const { fleet } = fleetOf()
    expect(() => readScript(text, fleet)).toThrow(
      expect.objectContaining({ code: 'option-unusable', message: expect.stringContaining(message) }),
    )
  })

  it('that is not there is refused with its path', async () => {
    const { fleet } = fleetOf()
    await expect(readScriptFile('/no/such/script', fleet)).rejects.toThrow(
      'Cannot read the script /no/such/script: ENOENT',
    )
  })
})

function failed(message: string): never {
  throw new Error(message)
}
