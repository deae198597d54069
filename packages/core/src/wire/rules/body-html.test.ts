import { expect, it } from 'vitest'
import { codes, found } from '../testing/found.ts'
import { soundPlists } from '../testing/sound.ts'

it('finds the page that a proxy answers with', () => {
  expect(codes('<!DOCTYPE html>\n<html><body>502</body></html>')).toEqual(['body-html'])
  expect(codes(' <HTML>')).toEqual(['body-html'])
})

it('takes XML for a property list', () => {
  expect(found('body-html', { plist: soundPlists.command })).toEqual([])
})
