import { expect, it } from 'vitest'
import { draftOf } from '../../testing/declared-of.ts'
import { payloadProblems } from '../../testing/problems-of.ts'
import { target } from '../../testing/targets.ts'
import type { CheckOptions } from '../check.ts'
import { payloadKeyDeprecated } from './payload-key-deprecated.ts'

const License = (options: CheckOptions, key = 'VPPType') =>
  payloadProblems(
    payloadKeyDeprecated,
    draftOf('x', 'com.apple.configuration.app.managed', { InstallBehavior: { License: { [key]: 'Device' } } }),
    options,
  )

it('warns of a key that Apple takes away, on a target or without any', () => {
  const warned = {
    code: 'payload-key-deprecated',
    severity: 'warning',
    message: 'Cannot rely on VPPType: removed in iOS 18.0',
    at: '/Payload/InstallBehavior/License/VPPType',
  }
  expect(License({})).toMatchObject([warned])
  expect(License({ targets: [target('macOS'), target('iOS', '18.1')] })).toMatchObject([warned])
})

it('is quiet on targets that are older, and about other keys', () => {
  expect(License({ targets: [target('iOS', '17.4')] })).toEqual([])
  expect(License({}, 'Assignment')).toEqual([])
})
