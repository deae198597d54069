import { expect, it } from 'vitest'
import { codes, problems } from '../testing/found.ts'
import { json, sound } from '../testing/sound.ts'

it("warns of an item that Apple's schema does not have, with the one that was meant", () => {
  expect(problems(json({ StatusItems: { passcode: { 'is-complient': true } }, Errors: [] }))).toMatchObject([
    {
      code: 'status-item-unknown',
      at: '/StatusItems/passcode/is-complient',
      remedy: 'perhaps passcode.is-compliant was meant',
    },
  ])
})

it('takes items that it has', () => {
  expect(codes(json(sound.status))).toEqual([])
})
