import { expect, it } from 'vitest'
import { codes, found, octets } from '../testing/found.ts'
import { soundPlists } from '../testing/sound.ts'

it('finds XML that is no property list, with its place', () => {
  expect(found('plist-syntax', '<?xml version="1.0"?>\n<plist><dict><key>a</key></dict></plist>')).toHaveLength(1)
  expect(found('plist-syntax', '<plist><dict></array></plist>')[0]).toMatch(/^1:/)
})

it('finds a broken binary property list, and a root that is no dictionary', () => {
  expect(codes(octets('bplist00 and no more'))).toEqual(['plist-syntax'])
  expect(codes('<plist version="1.0"><array/></plist>')).toEqual(['plist-syntax'])
})

it('takes a property list', () => {
  expect(codes({ plist: soundPlists.command })).toEqual([])
})
