import { expect, it } from 'vitest'
import { codes, octets } from '../testing/found.ts'
import { json, sound, soundPlists } from '../testing/sound.ts'

const report = { ...soundPlists.asking, Endpoint: 'status' }

it('finds a status check-in without a report', () => {
  expect(codes({ plist: report })).toEqual(['data-missing'])
})

it('takes one with a report, and finds what is wrong with that', () => {
  expect(codes({ plist: { ...report, Data: octets(json(sound.status)) } })).toEqual([])
  expect(codes({ plist: { ...report, Data: octets('{"Errors": [], "FullReport": true}') } })).toEqual(['key-missing'])
})
