import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ProtocolError } from '../errors.ts'
import { decodePlist } from './decode-plist.ts'
import { encodePlist } from './encode-plist.ts'
import { plistArbitrary } from './plist-arbitrary.ts'
import { PlistReal, type PlistValue } from './plist-value.ts'

function refusal(value: unknown): unknown {
  try {
    encodePlist(value as PlistValue)
  } catch (error) {
    return error
  }
  return undefined
}

describe('encodePlist', () => {
  it('writes what decodePlist reads back as the same', () => {
    fc.assert(
      fc.property(plistArbitrary, (value) => {
        expect(decodePlist(encodePlist(value))).toStrictEqual(value)
      }),
      { numRuns: 300 },
    )
  })

  it('writes as Apple does', () => {
    const text = new TextDecoder().decode(
      encodePlist({ a: ['<&>', -1, 2n ** 63n, new PlistReal(1), new Date(1500)], b: Uint8Array.of(1), c: {}, d: [] }),
    )
    expect(text).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
\t<key>a</key>
\t<array>
\t\t<string>&lt;&amp;&gt;</string>
\t\t<integer>-1</integer>
\t\t<integer>9223372036854775808</integer>
\t\t<real>1</real>
\t\t<date>1970-01-01T00:00:01Z</date>
\t</array>
\t<key>b</key>
\t<data>AQ==</data>
\t<key>c</key>
\t<dict/>
\t<key>d</key>
\t<array/>
</dict>
</plist>
`)
  })

  it.each<[string, unknown]>([
    ['a control character', { a: ['\u0000'] }],
    ['half a surrogate pair', '\ud800'],
    ['an integer that was rounded', 2 ** 53],
    ['a fraction that is no PlistReal', 0.5],
    ['an integer beyond 64 bits', 2n ** 64n],
    ['an invalid date', new Date(Number.NaN)],
    ['undefined', [undefined]],
    ['null', { a: null }],
    ['a function', () => 1],
  ])('refuses %s', (_, value) => {
    expect(refusal(value)).toMatchObject({ code: 'value-unwritable' })
    expect(refusal(value)).toBeInstanceOf(ProtocolError)
  })

  it('says where', () => {
    expect(refusal({ a: ['ok', '\u0000'] })).toMatchObject({ at: 'a.1' })
  })

  it('refuses what contains itself', () => {
    const loop: PlistValue[] = []
    loop.push(loop)
    expect(refusal(loop)).toMatchObject({ code: 'depth' })
  })

  it('writes a megabyte of data', () => {
    const data = Uint8Array.from({ length: 1_000_001 }, (_, index) => index * 7)
    expect(decodePlist(encodePlist(data))).toStrictEqual(data)
  })
})
