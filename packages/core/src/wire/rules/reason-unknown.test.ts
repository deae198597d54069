import { expect, it } from 'vitest'
import { codes, problems } from '../testing/found.ts'
import { json, sound } from '../testing/sound.ts'

const report = (Code: string) =>
  json({ ...sound.status, Errors: [{ StatusItem: 'test.error-value', Reasons: [{ Code }] }] })

it("warns of a code that Apple's schema does not have, with the one that was meant", () => {
  expect(problems(report('Error.MissingAsset'))).toMatchObject([
    { code: 'reason-unknown', severity: 'warning', remedy: 'perhaps Error.MissingAssets was meant' },
  ])
})

it('takes one that it has', () => {
  expect(codes(report('Error.MissingAssets'))).toEqual([])
})
