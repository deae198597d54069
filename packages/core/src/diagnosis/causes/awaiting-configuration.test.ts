import { expect, it } from 'vitest'
import { acknowledged, authenticate, healthy, manifest, offer, tokens, tokenUpdate } from '../../testing/record.ts'
import { suspicionOf } from '../../testing/suspicion-of.ts'
import { awaitingConfiguration } from './awaiting-configuration.ts'

const waits = { ...tokenUpdate, awaitingConfiguration: true }
const stalled = [offer, acknowledged, tokens('t1'), manifest('t1')]
const released = { ...offer, uuid: 'c9', requestType: 'DeviceConfigured' }

it('is possible when TokenUpdate says so and nothing released the device', () => {
  expect(suspicionOf(awaitingConfiguration, [authenticate, waits, ...stalled])?.weight).toBe('possible')
})

it('is possible when nobody knows, of a device that stopped', () => {
  expect(suspicionOf(awaitingConfiguration, stalled)).toMatchObject({ decides: expect.stringContaining('TokenUpdate') })
})

it('is no suspicion once the device was released, or when it says that it does not wait', () => {
  expect(suspicionOf(awaitingConfiguration, [authenticate, waits, released, ...stalled])).toBeNull()
  expect(suspicionOf(awaitingConfiguration, [{ ...tokenUpdate, awaitingConfiguration: false }, ...stalled])).toBeNull()
  expect(suspicionOf(awaitingConfiguration, healthy)).toBeNull()
})
