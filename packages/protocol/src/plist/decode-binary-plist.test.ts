import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodePlist } from './decode-plist.ts'
import { plistArbitrary } from './plist-arbitrary.ts'
import { PlistError } from './plist-error.ts'
import { PlistReal } from './plist-value.ts'
import { assemble, reference, writeBinaryPlist } from './write-binary-plist.ts'

function refusal(bytes: Uint8Array): string {
  try {
    decodePlist(bytes)
  } catch (error) {
    if (error instanceof PlistError) return error.code
    throw error
  }
  return 'none'
}

// By Python's plistlib.
const written = [
  'YnBsaXN0MDDZAQIDBAUGBwgJCgsMDQ4PEBEWVE5hbWVVQ291bnRTQmlnU05lZ1VSYXRpb1RXaGVuVVRva2VuVExpc3RUTG9uZ2MA',
  'xQBzAGERASwUAAAAAAAAAACAAAAAAAAABRP/////////+SM/4AAAAAAAADNBx942EAAAAEMBAv+kEhMUFQkIXxAUeHh4eHh4eHh4',
  'eHh4eHh4eHh4eHjQrxAUFxgZGhscHR4fICEiIyQlJicoKSoQABABEAIQAxAEEAUQBhAHEAgQCRAKEAsQDBANEA4QDxAQEBEQEhAT',
  'CBsgJiouNDk/RElQU2Rtdn+DiImKoaK5u72/wcPFx8nLzc/R09XX2dvd3wAAAAAAAAEBAAAAAAAAACsAAAAAAAAAAAAAAAAAAADh',
]

const ones = (count: number) => Array.from({ length: count }, () => 1)

describe('a binary property list', () => {
  it('written by another program is read', () => {
    const bytes = Uint8Array.from(atob(written.join('')), (octet) => octet.charCodeAt(0))
    expect(decodePlist(bytes)).toStrictEqual({
      Name: 'Åsa',
      Count: 300,
      Big: 9223372036854775813n,
      Neg: -7,
      Ratio: new PlistReal(0.5),
      When: new Date('2026-05-19T10:00:00Z'),
      Token: Uint8Array.of(1, 2, 255),
      List: [true, false, 'x'.repeat(20), {}],
      Long: Array.from({ length: 20 }, (_, index) => index),
    })
  })

  it('reads as what was written', () => {
    fc.assert(
      fc.property(plistArbitrary, (value) => {
        expect(decodePlist(writeBinaryPlist(value))).toStrictEqual(value)
      }),
    )
  })

  it('reads objects that many refer to', () => {
    expect(
      decodePlist(
        assemble([
          [0xa2, ...reference(1), ...reference(1)],
          [0x51, 0x61],
        ]),
      ),
    ).toEqual(['a', 'a'])
  })

  it('of 120 octets does not hang on references that double at each step', () => {
    const levels = 40
    const objects = Array.from({ length: levels }, (_, index) => [
      0xa2,
      ...reference(index + 1),
      ...reference(index + 1),
    ])
    expect(refusal(assemble([...objects, [0x09]]))).toBe('expansion')
    const wide = [0xaf, 0x11, 0x40, 0x00, ...Array.from({ length: 0x4000 }, () => reference(1)).flat()]
    expect(refusal(assemble([wide, [0x4f, 0x11, 0x40, 0x00, ...ones(0x4000)]]))).toBe('expansion')
  })

  it.each<[code: string, objects: number[][]]>([
    ['cycle', [[0xa1, ...reference(0)]]],
    [
      'cycle',
      [
        [0xa1, ...reference(1)],
        [0xd1, ...reference(2), ...reference(0)],
        [0x51, 0x61],
      ],
    ],
    ['reference', [[0xa1, ...reference(9)]]],
    ['key-type', [[0xd1, ...reference(1), ...reference(1)], [0x09]]],
    [
      'key-duplicate',
      [
        [0xd2, ...[1, 1, 1, 1].flatMap(reference)],
        [0x51, 0x61],
      ],
    ],
    ['truncated', [[0x5e, 0x61]]],
    ['truncated', [[0xaf, 0x13, ...ones(8)]]],
    ['truncated', [[0x13, 0]]],
    ['count', [[0x5f, 0x51, 0x61]]],
    ['object-unknown', [[0x00]]],
    ['object-unknown', [[0x80, 0x01]]],
    ['object-unknown', [[0xc0]]],
    ['string', [[0x51, 0xc3]]],
    ['string', [[0x61, 0xd8, 0x00]]],
    ['character', [[0x51, 0x00]]],
    ['integer', [[0x15, ...ones(32)]]],
    ['integer-range', [[0x14, ...ones(16)]]],
    ['real', [[0x21, 0, 0]]],
    ['date', [[0x33, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0]]],
  ])('is refused as %s: %j', (code, objects) => {
    expect(refusal(assemble(objects))).toBe(code)
  })

  it('holds 64 containers inside each other and no more', () => {
    const nested = (depth: number) =>
      assemble([...Array.from({ length: depth }, (_, index) => [0xa1, ...reference(index + 1)]), [0x09]])
    expect(refusal(nested(64))).toBe('none')
    expect(refusal(nested(65))).toBe('depth')
  })

  it('cut short or with a trailer of its own making is refused', () => {
    const whole = assemble([[0x09]])
    for (let length = 6; length < whole.length; length++) {
      expect(refusal(whole.subarray(0, length))).not.toBe('none')
    }
    for (let back = 1; back <= 26; back++) {
      const changed = whole.slice()
      changed[whole.length - back] = 0xff
      expect(refusal(changed)).not.toBe('none')
    }
  })
})
