import { expect, it } from 'vitest'
import { activation, draftOf, MAIL_TYPE, properties } from '../../testing/declared-of.ts'
import { problemsOf } from '../../testing/problems-of.ts'
import { variableKnown } from './variable-known.ts'

const of = (...texts: readonly string[]) => problemsOf(variableKnown, draftOf('m', MAIL_TYPE, { VisibleName: texts }))

const ANY_OF_THEM = expect.stringMatching(/^write one of \$\{account.*property.<key>\}; \$\{\$\} for a dollar sign$/)

it.each([
  ['${device.serial}', undefined],
  ['${ device.serial-number }', 'write ${device.serial-number}; ${$} stands for a dollar sign'],
  ['${device.serialnumber}', 'write ${device.serial-number}; ${$} stands for a dollar sign'],
  ['${property.}', undefined],
  ['${HOME}', undefined],
  ['$device.serialnumber', 'write ${device.serial-number}; ${$} stands for a dollar sign'],
  ['$device.colour', undefined],
  [`$property.${'a.'.repeat(200)}a`, undefined],
])('refuses %s where it stands', (text, remedy) => {
  const [problem, ...others] = of('fine', `a ${text} b`)
  expect(others).toEqual([])
  expect(problem).toMatchObject({
    code: 'variable-unknown',
    severity: 'error',
    at: '/Payload/VisibleName/1',
    found: text,
  })
  expect(problem?.remedy).toEqual(remedy ?? ANY_OF_THEM)
})

it('refuses a variable that has no end', () => {
  expect(of('a ${device.name')).toMatchObject([
    { code: 'variable-unknown', found: '${device.name', remedy: expect.stringContaining('${$}{') },
  ])
})

it.each([
  ['$propertie.email', 'write $property.email where a variable is meant, ${$}propertie.email where the text is'],
  [
    '$Device.serial-number',
    'write $device.serial-number where a variable is meant, ${$}Device.serial-number where the text is',
  ],
  ['$users.short-name', 'write $user.short-name where a variable is meant, ${$}users.short-name where the text is'],
])('warns of %s, which is sent as it stands', (text, remedy) => {
  expect(of('fine', `a ${text} b`)).toMatchObject([
    { code: 'variable-unknown', severity: 'warning', at: '/Payload/VisibleName/1', found: text, remedy },
  ])
  expect(of(`a ${remedy.split(', ')[1]?.split(' ')[0]} b`)).toEqual([])
})

it('takes every variable, properties of any name, and dollar signs as they are written', () => {
  const known = [
    '${device.serial-number}',
    '${user.short-name}',
    '${account.name}',
    '${enrollment.id}',
    '${property.a b}',
    '$device.serial-number',
    '$property.email',
  ]
  expect(of(...known, '${$}{HOME}', 'pa$$word', '^a$', '$5', '$5.50', '$HOME.x', '$env.name')).toEqual([])
})

it('leaves to others what may have no variables', () => {
  expect(problemsOf(variableKnown, activation('on', ['p'], "@status(a) MATCHES '^${x}$'"))).toEqual([])
  expect(problemsOf(variableKnown, properties('a', { note: '${x}' }))).toEqual([])
})
