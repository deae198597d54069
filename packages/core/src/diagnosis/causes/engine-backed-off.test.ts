import { expect, it } from 'vitest'
import {
  acknowledged,
  answer,
  authenticate,
  healthy,
  manifest,
  ON,
  offer,
  report,
  tokens,
  tokenUpdate,
} from '../../testing/record.ts'
import { suspicionOf } from '../../testing/suspicion-of.ts'
import { engineBackedOff } from './engine-backed-off.ts'

it('is likely when the last answer of declarative management failed', () => {
  const said = [offer, acknowledged, tokens('t1', answer(500))]
  expect(suspicionOf(engineBackedOff, said)?.weight).toBe('likely')
})

it('is only possible when requests came after it', () => {
  const said = [offer, acknowledged, tokens('t1', answer(500)), tokens('t1'), manifest('t1')]
  expect(suspicionOf(engineBackedOff, said)?.weight).toBe('possible')
})

it('is possible when nothing from before is known, and no report was ever seen', () => {
  const stalled = [offer, acknowledged, tokens('t1'), manifest('t1')]
  expect(suspicionOf(engineBackedOff, stalled)?.decides).toContain('status report')
  expect(suspicionOf(engineBackedOff, [report([ON]), ...stalled])).toBeNull()
  expect(suspicionOf(engineBackedOff, [authenticate, tokenUpdate, ...stalled])).toBeNull()
})

it('is no suspicion of a device that is well', () => {
  expect(suspicionOf(engineBackedOff, healthy)).toBeNull()
})
