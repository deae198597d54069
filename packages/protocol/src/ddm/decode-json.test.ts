import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ProtocolError } from '../errors.ts'
import { decodeJson } from './decode-json.ts'

function refusal(text: string | Uint8Array): unknown {
  try {
    decodeJson(text)
  } catch (error) {
    return error
  }
  return undefined
}

describe('decodeJson', () => {
  it('agrees with JSON.parse on what is JSON', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8 }), fc.nat(3), (text, indent) => {
        const pretty = JSON.stringify(JSON.parse(text), null, indent)
        expect(decodeJson(pretty, { bigIntegers: 'round' })).toStrictEqual(JSON.parse(text))
      }),
    )
  })

  it('agrees with JSON.parse on what is not', () => {
    const pieces = fc.constantFrom(...'{}[],:"\\ue0-.1+ \n\u0001'.split(''), 'true', 'null', 'false', '"a"', '\\u00e')
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const text = parts.join('')
        let parsed: unknown
        try {
          parsed = JSON.parse(text)
        } catch {
          expect(refusal(text)).toBeInstanceOf(ProtocolError)
          return
        }
        if (typeof parsed !== 'number') expect(decodeJson(text, { bigIntegers: 'round' })).toStrictEqual(parsed)
      }),
      { numRuns: 3000 },
    )
  })

  it.each([
    ['{"a": 1,}', 'json', 'line 1, column 9'],
    ['{\n  "a": tru\n}', 'json', 'line 2, column 8'],
    ['', 'json', 'line 1, column 1'],
    ['[1] 2', 'json', 'line 1, column 5'],
    ['[01]', 'json', 'line 1, column 3'],
    ['"a\nb"', 'json', 'line 1, column 3'],
    ['"\\x"', 'json', 'line 1, column 2'],
    ['[9007199254740992]', 'integer-range', 'line 1, column 2'],
    ['[-9007199254740993]', 'integer-range', 'line 1, column 2'],
    ['{"a":1e400}', 'number-range', 'line 1, column 6'],
  ])('refuses %j as %s at %s', (text, code, at) => {
    expect(refusal(text)).toMatchObject({ name: 'ProtocolError', code, at })
  })

  it('rounds large integers when told to', () => {
    expect(decodeJson('[9007199254740993, 1.5, -0]', { bigIntegers: 'round' })).toEqual([9007199254740992, 1.5, -0])
    expect(decodeJson('[9007199254740991]')).toEqual([9007199254740991])
  })

  it('passes over a byte order mark, takes the last of two keys, keeps __proto__ as a key', () => {
    const value = decodeJson(new TextEncoder().encode('\ufeff{"a":1,"a":2,"__proto__":{"b":1}}')) as object
    expect(Object.entries(value)).toEqual([
      ['a', 2],
      ['__proto__', { b: 1 }],
    ])
    expect(decodeJson('\ufeff1')).toBe(1)
  })

  it('refuses depth, size and octets that are no text', () => {
    expect(decodeJson('['.repeat(64) + ']'.repeat(64))).toHaveLength(1)
    expect(refusal('['.repeat(65) + ']'.repeat(65))).toMatchObject({ code: 'depth' })
    expect(refusal('[{"a":'.repeat(1_000_000))).toMatchObject({ code: 'depth' })
    expect(refusal(' '.repeat(16 * 1024 * 1024 + 1))).toMatchObject({ code: 'too-large' })
    expect(refusal(Uint8Array.of(0x22, 0xff, 0x22))).toMatchObject({ code: 'encoding' })
  })
})
