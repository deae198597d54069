import { expect, it } from 'vitest'
import { target } from '../testing/targets.ts'
import { targetName } from './target-name.ts'

it('says what is known of a target', () => {
  expect(targetName(target('iOS', '18.1'))).toBe('iOS 18.1, supervised')
  expect(targetName(target('macOS', null, { enrollment: 'device', channel: 'user' }))).toBe('macOS, user channel')
  expect(targetName({ ...target('iOS', '17.0', { enrollment: 'user', sharedIPad: true }), platform: null })).toBe(
    'any platform 17.0, user enrollment, Shared iPad',
  )
})
