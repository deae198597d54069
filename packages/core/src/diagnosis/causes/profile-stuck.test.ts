import { expect, it } from 'vitest'
import { fetched, healthy, MINUTE, ON, report, WIFI } from '../../testing/record.ts'
import { suspicionOf } from '../../testing/suspicion-of.ts'
import { profileStuck } from './profile-stuck.ts'

const said = (type: string) => [
  ...healthy.slice(0, -2),
  fetched(WIFI, { type }),
  report([ON, WIFI], { wifi: { active: true, valid: 'unknown', reasons: [] } }),
]
const LEGACY = 'com.apple.configuration.legacy'

it('is likely when a legacy profile has been unknown for a quarter of an hour', () => {
  expect(suspicionOf(profileStuck, said(LEGACY), 20 * MINUTE)?.weight).toBe('likely')
})

it('is no suspicion before that, nor of another type', () => {
  expect(suspicionOf(profileStuck, said(LEGACY), 5 * MINUTE)).toBeNull()
  expect(suspicionOf(profileStuck, said('com.apple.configuration.passcode.settings'), 20 * MINUTE)).toBeNull()
})
