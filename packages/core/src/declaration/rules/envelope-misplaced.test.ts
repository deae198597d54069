import type { JsonObject } from '@edict/protocol'
import { expect, it } from 'vitest'
import { activation, draftOf, PASSCODE_TYPE, passcode, properties } from '../../testing/declared-of.ts'
import { problemsOf } from '../../testing/problems-of.ts'
import { envelopeMisplaced } from './envelope-misplaced.ts'

const beside = (extra: JsonObject, draft = passcode('p')) => problemsOf(envelopeMisplaced, { ...draft, extra })

it.each<[JsonObject, string, string]>([
  [{ MinimumLength: 6 }, '/MinimumLength', 'move MinimumLength into Payload'],
  [{ minimumlength: 6 }, '/minimumlength', 'perhaps MinimumLength inside Payload was meant'],
  [{ payload: {} }, '/payload', 'perhaps Payload was meant'],
  [{ Comment: 'mine' }, '/Comment', 'take Comment out, or move it into Payload'],
  [{ Identifier: 'q' }, '/Identifier', 'it is named p here: leave Identifier out, or write the same'],
])('refuses %j beside Payload', (extra, at, remedy) => {
  expect(beside(extra)).toMatchObject([{ code: 'envelope-misplaced', severity: 'error', at, remedy }])
})

it('refuses the configurations of an activation beside Payload', () => {
  expect(beside({ StandardConfigurations: ['p'] }, activation('on', ['p']))[0]?.remedy).toBe(
    'move StandardConfigurations into Payload',
  )
})

it.each([
  ['Type', 'move Type out of Payload'],
  ['Payload', 'take one Payload away: there are two inside each other'],
])('refuses %s inside Payload', (key, remedy) => {
  expect(problemsOf(envelopeMisplaced, draftOf('p', PASSCODE_TYPE, { [key]: 'x' }))).toMatchObject([
    { code: 'envelope-misplaced', at: `/Payload/${key}`, remedy },
  ])
})

it('takes what was read from Edict, keys of these names that a type has, and any where keys are free', () => {
  expect(beside({ Identifier: 'p', ServerToken: '1' })).toEqual([])
  expect(
    problemsOf(envelopeMisplaced, draftOf('x', 'com.apple.configuration.extensible-sso', { Type: 'Redirect' })),
  ).toEqual([])
  expect(problemsOf(envelopeMisplaced, properties('x', { Identifier: 1, Payload: 2 }))).toEqual([])
})

it('leaves a Predicate to its own rule', () => {
  expect(beside({ Predicate: 'TRUEPREDICATE' }, activation('on', ['p']))).toEqual([])
})
