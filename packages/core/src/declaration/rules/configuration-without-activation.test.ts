import { expect, it } from 'vitest'
import { activation, passcode, properties } from '../../testing/declared-of.ts'
import { findingsOf } from '../../testing/problems-of.ts'
import { configurationWithoutActivation } from './configuration-without-activation.ts'

it('warns of a configuration that no activation lists', () => {
  const drafts = [passcode('p'), passcode('q'), activation('on', ['p'])]
  expect(findingsOf(configurationWithoutActivation, drafts)).toMatchObject([
    { of: 'q', problem: { code: 'configuration-without-activation', severity: 'warning' } },
  ])
})

it('takes those that one lists, and other kinds', () => {
  const drafts = [passcode('p'), activation('on', ['p']), properties('x', {})]
  expect(findingsOf(configurationWithoutActivation, drafts)).toEqual([])
})
