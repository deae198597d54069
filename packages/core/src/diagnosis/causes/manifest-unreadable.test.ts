import { expect, it } from 'vitest'
import {
  acknowledged,
  authenticate,
  flawed,
  healthy,
  manifest,
  ON,
  offer,
  tokens,
  tokenUpdate,
  WIFI,
} from '../../testing/record.ts'
import { suspicionOf } from '../../testing/suspicion-of.ts'
import { manifestUnreadable } from './manifest-unreadable.ts'

const stalled = [offer, acknowledged, tokens('t1'), manifest('t1')]

it('is possible when nothing was fetched, and says that what was recorded is well formed', () => {
  expect(suspicionOf(manifestUnreadable, stalled)).toMatchObject({ weight: 'possible', against: [{}] })
})

it('is likely when the device cannot have known the declarations', () => {
  expect(suspicionOf(manifestUnreadable, [authenticate, tokenUpdate, ...stalled])?.weight).toBe('likely')
})

it('leaves what is wrong in the record to the causes for that', () => {
  const said = [offer, acknowledged, tokens('t1'), manifest('t1', [ON, WIFI], flawed('key-missing'))]
  expect(suspicionOf(manifestUnreadable, said)).toBeNull()
  expect(suspicionOf(manifestUnreadable, healthy)).toBeNull()
})
