import { expect, it } from 'vitest'
import type { Target } from '../../eligibility/eligibility.ts'
import { declaredOf, draftOf, passcode } from '../../testing/declared-of.ts'
import { problemsOf } from '../../testing/problems-of.ts'
import { target } from '../../testing/targets.ts'
import { typeAvailable } from './type-available.ts'

const FILES = 'com.apple.configuration.services.configuration-files'
const of = (type: string, ...targets: readonly Target[]) =>
  problemsOf(typeAvailable, draftOf('x', type), declaredOf({}), { targets })

it('refuses a type that none of the targets has', () => {
  expect(of(FILES, target('iOS', '26.0'))).toMatchObject([
    {
      code: 'type-unavailable',
      severity: 'error',
      at: '/Type',
      message: `Cannot use x on iOS 26.0, supervised: ${FILES} does not exist on iOS`,
    },
  ])
})

it('warns of one that some of them do not have', () => {
  expect(of(FILES, target('macOS', '26.0'), target('macOS', '13.0'))).toMatchObject([{ severity: 'warning' }])
})

it('takes what all of them have, and says nothing without targets', () => {
  expect(of(FILES, target('macOS', '26.0'))).toEqual([])
  expect(problemsOf(typeAvailable, passcode('p'))).toEqual([])
})
