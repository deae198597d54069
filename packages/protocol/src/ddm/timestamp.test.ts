import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseTimestamp, timestamp } from './timestamp.ts'

describe('a Timestamp', () => {
  it('has whole seconds and Z', () => {
    expect(timestamp(Date.parse('2026-05-19T10:00:00.999Z'))).toBe('2026-05-19T10:00:00Z')
    expect(timestamp(-1)).toBe('1969-12-31T23:59:59Z')
    expect(() => timestamp(Number.NaN)).toThrow('Cannot write timestamp')
    expect(() => timestamp(1e17)).toThrow('Cannot write timestamp')
  })

  it('is read as it was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: -62_167_219_200, max: 253_402_300_799 }), (seconds) => {
        expect(parseTimestamp(timestamp(seconds * 1000))).toBe(seconds * 1000)
      }),
    )
  })

  it('may have an offset', () => {
    expect(parseTimestamp('2026-05-19T12:00:00+02:00')).toBe(Date.parse('2026-05-19T10:00:00Z'))
    expect(parseTimestamp('2026-05-19T07:30:00-02:30')).toBe(Date.parse('2026-05-19T10:00:00Z'))
  })

  it('with a fraction is refused by a strict device and read by a lenient one', () => {
    const text = '2026-05-19T10:00:00.123Z'
    expect(() => parseTimestamp(text)).toThrow('expected YYYY-MM-DDTHH:MM:SSZ')
    expect(parseTimestamp(text, 'lenient')).toBe(Date.parse(text))
  })

  it.each([
    '',
    '2026-05-19',
    '2026-02-30T00:00:00Z',
    '2026-05-19T24:00:00Z',
    '2026-05-19 10:00:00Z',
    '2026-05-19T10:00:00',
    '2026-05-19T10:00:00+25:00',
  ])('%j is refused', (text) => {
    expect(() => parseTimestamp(text, 'lenient')).toThrow('Cannot read timestamp')
  })
})
