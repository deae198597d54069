import { expect, it } from 'vitest'
import { draftOf, PASSCODE_TYPE } from '../../testing/declared-of.ts'
import { payloadProblems } from '../../testing/problems-of.ts'
import { payloadKeyCase } from './payload-key-case.ts'

it('tells a key in other letter case from an unknown one', () => {
  const draft = draftOf('p', PASSCODE_TYPE, { minimumlength: 6, Nothing: 1 })
  expect(payloadProblems(payloadKeyCase, draft)).toMatchObject([
    {
      code: 'payload-key-case',
      severity: 'error',
      at: '/Payload/minimumlength',
      found: 'minimumlength',
      expected: 'MinimumLength',
    },
  ])
})

it('takes keys as Apple writes them', () => {
  expect(payloadProblems(payloadKeyCase, draftOf('p', PASSCODE_TYPE, { MinimumLength: 6 }))).toEqual([])
})
