import { expect, it } from 'vitest'
import { accountName, isManagedAppleAccount } from './account-name.ts'

it.each([
  [' Ada@School.example ', 'ada@school.example'],
  ['A\u0308da', '\u00e4da'],
])('%j is the account %s', (typed, name) => {
  expect(accountName(typed)).toBe(name)
})

it.each(['ada@school.example', 'ada@home@school.example', 'ada+lab@appleid.school.example'])(
  '%s may be a Managed Apple Account',
  (text) => expect(isManagedAppleAccount(text)).toBe(true),
)

it.each([
  '',
  'ada',
  '@school.example',
  'ada@',
  'ada lin@school.example',
  'ada@school.example\n',
  `${'a'.repeat(256)}@b`,
])('%j is none', (text) => expect(isManagedAppleAccount(text)).toBe(false))
