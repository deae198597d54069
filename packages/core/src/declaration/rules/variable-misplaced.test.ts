import { expect, it } from 'vitest'
import { activation, draftOf, MAIL_TYPE, mail, passcode, properties } from '../../testing/declared-of.ts'
import { problemsOf } from '../../testing/problems-of.ts'
import { SUBSCRIPTION_TYPE } from '../declaration.ts'
import { variableMisplaced } from './variable-misplaced.ts'

const serial = '${device.serial-number}'

it.each([
  ['an Identifier', passcode(`p ${serial}`), '/Identifier'],
  ['a Type', draftOf('p', `com.apple.configuration.${serial}`), '/Type'],
  ['a key', draftOf('m', MAIL_TYPE, { [serial]: 1 }), `/Payload/${serial}`],
  ['the name of another declaration', mail('m', serial), '/Payload/UserIdentityAssetReference'],
  ['the name of another declaration, without braces', mail('m', '$device.name'), '/Payload/UserIdentityAssetReference'],
  ['what an activation lists', activation('on', [serial]), '/Payload/StandardConfigurations/0'],
  ['a predicate', activation('on', ['p'], `@property(a) == '${serial}'`), '/Payload/Predicate'],
  ['properties', properties('a', { serial }), '/Payload/serial'],
  [
    'a subscription',
    draftOf('s', SUBSCRIPTION_TYPE, { StatusItems: [{ Name: serial }] }),
    '/Payload/StatusItems/0/Name',
  ],
])('refuses a variable in %s', (_, draft, at) => {
  expect(problemsOf(variableMisplaced, draft)).toMatchObject([
    {
      code: 'variable-misplaced',
      severity: 'error',
      at,
      found: expect.stringMatching(/^\$/),
      expected: 'text without variables',
    },
  ])
})

it('takes one in any other text, and text that only looks like one', () => {
  expect(problemsOf(variableMisplaced, draftOf('m', MAIL_TYPE, { VisibleName: serial }))).toEqual([])
  expect(problemsOf(variableMisplaced, activation('on', ['p'], "@property(a) == '${HOME}'"))).toEqual([])
  const bound = "SUBQUERY(@status(mdm.app), $device, $device.name == 'a').@count > 0"
  expect(problemsOf(variableMisplaced, activation('on', ['p'], bound))).toEqual([])
  expect(problemsOf(variableMisplaced, activation('on', ['p'], `${bound} AND $user.short-name == 'a'`))).toHaveLength(1)
})
