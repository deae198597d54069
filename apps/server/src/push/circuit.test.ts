import { describe, expect, it } from 'vitest'
import { type CircuitAlarm, createCircuit } from './circuit.ts'

const MINUTE = 60_000

function opened() {
  let now = 0
  const told: (CircuitAlarm | null)[] = []
  const circuit = createCircuit(
    () => now,
    (alarm) => told.push(alarm),
  )
  const refuse = (...tokens: readonly string[]) => {
    for (const token of tokens) circuit.refused(token, 'BadDeviceToken', 'token')
  }
  const pass = (ms: number) => {
    now += ms
  }
  return { circuit, told, refuse, pass }
}

const devices = (count: number, of = 'd') => Array.from({ length: count }, (_, index) => `${of}${index}`)

describe('a circuit', () => {
  it('opens when five devices get one reason, and says so once', () => {
    const { circuit, told, refuse } = opened()
    refuse(...devices(4))
    expect([circuit.admit(), told]).toEqual([null, []])
    refuse(...devices(20))
    const alarm = { reason: 'BadDeviceToken', since: 0, devices: 5, of: 5, until: MINUTE }
    expect(told).toEqual([alarm])
    expect([circuit.alarm, circuit.admit()]).toEqual([alarm, MINUTE])
  })

  it('does not open for one device, however often it is refused, nor for a few among many', () => {
    const { circuit, refuse } = opened()
    for (let times = 0; times < 50; times += 1) refuse('same')
    for (const token of devices(100, 'good')) circuit.accepted(token)
    refuse(...devices(20))
    expect(circuit.alarm).toBeNull()
  })

  it('forgets what is long ago: a fleet that turns bad is told', () => {
    const { circuit, refuse } = opened()
    for (const token of devices(1000, 'good')) circuit.accepted(token)
    refuse(...devices(24))
    expect(circuit.alarm).toBeNull()
    refuse(...devices(25))
    expect(circuit.alarm).toMatchObject({ devices: 25, of: 50 })
  })

  it('lets five try after a minute, and closes when one of them is accepted', () => {
    const { circuit, told, refuse, pass } = opened()
    refuse(...devices(5))
    pass(MINUTE)
    expect(devices(7).map(() => circuit.admit())).toEqual([null, null, null, null, null, 65_000, 65_000])
    refuse('d1', 'd2')
    circuit.accepted('d3')
    expect([circuit.admit(), circuit.alarm, told.at(-1), told.length]).toEqual([null, null, null, 2])
  })

  it('rests for twice as long when none is, without another alarm', () => {
    const { circuit, told, refuse, pass } = opened()
    refuse(...devices(5))
    pass(MINUTE)
    for (const token of devices(5)) {
      circuit.admit()
      refuse(token)
    }
    expect([circuit.admit(), told.length]).toEqual([3 * MINUTE, 1])
  })

  it('rests again when nothing is heard of those that tried', () => {
    const { circuit, refuse, pass } = opened()
    refuse(...devices(5))
    pass(MINUTE)
    for (const _ of devices(5)) circuit.admit()
    pass(10_000)
    expect(circuit.admit()).toBe(MINUTE + 10_000 + 2 * MINUTE)
  })

  it('does not count answers to what was sent before it opened', () => {
    const { circuit, refuse } = opened()
    refuse(...devices(5))
    refuse(...devices(50, 'late'))
    expect(circuit.alarm?.until).toBe(MINUTE)
  })

  it('opens for two devices when it is about the certificate', () => {
    const { circuit } = opened()
    circuit.refused('a', 'BadCertificate', 'certificate')
    expect(circuit.alarm).toBeNull()
    circuit.refused('b', 'BadCertificate', 'certificate')
    expect(circuit.alarm?.reason).toBe('BadCertificate')
  })
})
