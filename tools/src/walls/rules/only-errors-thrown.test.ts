import { expect, it } from 'vitest'
import { said } from '../planted.ts'
import { onlyErrorsThrown } from './only-errors-thrown.ts'

it.each(["'no'", '`no`', "'no ' + reason", '404', '{ code: 404 }', '[1]', 'null', 'undefined', "('no' as never)"])(
  'refuses throw %s',
  (what) => {
    expect(said(onlyErrorsThrown, { 'packages/store/src/a.ts': `throw ${what}` })).toEqual([
      expect.stringContaining('Throw an Error with a code'),
    ])
  },
)

it('allows errors, made here or caught', () => {
  const text = "try { throw new StoreError('lost', 'Cannot …') } catch (error) { throw error }"
  expect(said(onlyErrorsThrown, { 'packages/store/src/a.ts': text })).toEqual([])
})
