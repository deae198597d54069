import { expect, it } from 'vitest'
import { said } from '../planted.ts'
import { namesSaySomething } from './names-say-something.ts'

it.each(['util', 'utils', 'helper', 'helpers', 'common', 'shared', 'misc'])(
  'refuses %s, as a file and as a folder',
  (word) => {
    const files = { [`packages/core/src/${word}.ts`]: '', [`packages/store/src/${word}/a.ts`]: '' }
    expect(said(namesSaySomething, files)).toEqual([
      expect.stringContaining(`packages/core/src/${word}.ts:1`),
      expect.stringContaining(`packages/store/src/${word}:1`),
    ])
  },
)

it('refuses the same names in disguise, and tells a folder once', () => {
  const files = {
    'packages/core/src/date-utils.ts': '',
    'packages/core/src/Helpers.test.ts': '',
    'apps/cli/src/misc/a.ts': '',
    'apps/cli/src/misc/b.ts': '',
  }
  expect(said(namesSaySomething, files)).toHaveLength(3)
})

it("allows Apple's words", () => {
  expect(said(namesSaySomething, { 'packages/protocol/src/shared-ipad.ts': '' })).toEqual([])
})
