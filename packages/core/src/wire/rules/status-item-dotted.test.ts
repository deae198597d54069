import { expect, it } from 'vitest'
import { codes, problems } from '../testing/found.ts'
import { json, sound } from '../testing/sound.ts'

it('finds dots in a key', () => {
  expect(problems(json({ StatusItems: { 'passcode.is-compliant': true }, Errors: [] }))).toMatchObject([
    { code: 'status-item-dotted', expected: '/StatusItems/passcode/is-compliant' },
  ])
})

it('takes dictionaries inside each other', () => {
  expect(codes(json(sound.status))).toEqual([])
})
