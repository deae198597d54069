import { PlistReal, type PlistValue } from '@edict/protocol'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { plistOf, plistText } from './plist-text.ts'

const key = fc.oneof(fc.string(), fc.constantFrom('$data', '$date', '$dict', '$integer', '$real', '$', '__proto__'))
const { value } = fc.letrec<{ value: PlistValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: 'binary' }),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n - 1n }),
    fc.double().map((real) => new PlistReal(real)),
    fc.date({ noInvalidDate: true }),
    fc.uint8Array(),
    fc.array(tie('value')),
    fc.dictionary(key, tie('value')).map((dict): PlistValue => ({ ...dict })),
  ),
}))

it('a text keeps everything of a property list', () => {
  fc.assert(
    fc.property(value, (plist) => {
      expect(plistOf(plistText(plist))).toEqual(plist)
    }),
  )
})

it('says what it is to whoever looks into the database', () => {
  expect(plistText({ RequestType: 'X', big: 2n ** 60n, data: new Uint8Array([1]) })).toBe(
    '{"RequestType":"X","big":{"$integer":"1152921504606846976"},"data":{"$data":"AQ=="}}',
  )
})
