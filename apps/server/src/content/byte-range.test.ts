import { describe, expect, it } from 'vitest'
import { byteRange } from './byte-range.ts'

describe('byteRange() of 100 octets', () => {
  it.each([
    ['bytes=0-0', 0, 0],
    ['bytes=0-99', 0, 99],
    ['bytes=10-', 10, 99],
    ['bytes=90-1000', 90, 99],
    ['bytes=-1', 99, 99],
    ['bytes=-1000', 0, 99],
    ['Bytes= 5-6 ', 5, 6],
    ['bytes=0-99999999999999999999', 0, 99],
  ])('%s means octets %d to %d', (header, start, end) => {
    expect(byteRange(header, 100)).toEqual({ start, end })
  })

  it.each(['bytes=100-', 'bytes=100-200', 'bytes=-0', 'bytes=99999999999999999999-'])('%s means none', (header) => {
    expect(byteRange(header, 100)).toBe('unsatisfiable')
  })

  it.each([undefined, '', 'bytes=', 'bytes=-', 'bytes=2-1', 'bytes=0-1,5-6', 'items=0-1', 'bytes=a-b', 'bytes=-1-2'])(
    '%s means all',
    (header) => {
      expect(byteRange(header, 100)).toBeNull()
    },
  )

  it('means none where there is none', () => {
    expect([byteRange('bytes=0-', 0), byteRange('bytes=-5', 0)]).toEqual(['unsatisfiable', 'unsatisfiable'])
  })
})
