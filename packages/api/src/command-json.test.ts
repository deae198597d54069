import type { PlistDict } from '@edict/protocol'
import { PlistReal } from '@edict/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CommandJsonError, decodeCommandJson, encodeCommandJson } from './command-json.ts'

describe('decodeCommandJson()', () => {
  it('reads binary, dates, integers and reals', () => {
    const command = decodeCommandJson({
      RequestType: 'Settings',
      Manifest: { $data: 'AAEC' },
      Until: { $date: '2026-01-31T13:00:00+01:00' },
      Many: { $integer: '18446744073709551615' },
      Few: { $integer: '12' },
      Half: 0.5,
      One: { $real: 1 },
      Count: 3,
      List: [true, 'text', { Inner: { $data: '' } }],
    })
    expect(command).toEqual({
      RequestType: 'Settings',
      Manifest: Uint8Array.of(0, 1, 2),
      Until: new Date('2026-01-31T12:00:00Z'),
      Many: 18446744073709551615n,
      Few: 12,
      Half: new PlistReal(0.5),
      One: new PlistReal(1),
      Count: 3,
      List: [true, 'text', { Inner: new Uint8Array() }],
    })
  })

  it.each([
    [{ A: { B: null } }, '/A/B', 'a property list has no null'],
    [{ 'a/b~c': [{ $data: 'no base64' }] }, '/a~1b~0c/0/$data', 'expected base64'],
    [{ A: { $data: 'AAA' } }, '/A/$data', 'expected base64'],
    [{ A: { $data: 7 } }, '/A/$data', 'is 7, expected base64'],
    [{ A: { $date: 'yesterday' } }, '/A/$date', 'expected a moment such as'],
    [{ A: { $date: '2026-13-01T00:00:00Z' } }, '/A/$date', 'expected a moment such as'],
    [{ A: 2 ** 53 }, '/A', 'expected an integer up to 2^53'],
    [{ A: { $integer: '18446744073709551616' } }, '/A/$integer', 'expected an integer of 64 bits'],
    [{ A: { $integer: 5 } }, '/A/$integer', 'expected digits in a string'],
    [{ A: { $real: 'one' } }, '/A/$real', 'expected a number'],
    [{ A: { $dict: [] } }, '/A/$dict', 'expected an object'],
  ])('refuses %j and says where', (json, at, text) => {
    const error = refusal(() => decodeCommandJson(json))
    expect(error).toMatchObject({ code: 'command-malformed', at })
    expect(error.message).toContain(text)
    expect(error.message).toMatch(/^Cannot read command: /)
  })

  it('refuses what is nested too deep', () => {
    const deep = JSON.parse(`${'{"A":'.repeat(100)}1${'}'.repeat(100)}`)
    expect(refusal(() => decodeCommandJson(deep)).message).toContain('at most 64 levels')
  })

  it('leaves an object with a mark beside other keys alone', () => {
    expect(decodeCommandJson({ A: { $data: 'AAEC', B: 1 } })).toEqual({ A: { $data: 'AAEC', B: 1 } })
    expect(decodeCommandJson({ A: { toString: 'x' } })).toEqual({ A: { toString: 'x' } })
  })

  it('keeps a key named __proto__ a key', () => {
    const command = decodeCommandJson(JSON.parse('{"__proto__": {"A": 1}}'))
    expect(Object.keys(command)).toEqual(['__proto__'])
    expect((command as { A?: number }).A).toBeUndefined()
  })
})

describe('encodeCommandJson()', () => {
  it('is read back as it was', () => {
    const key = fc.oneof(fc.string(), fc.constantFrom('$data', '$date', '$integer', '$real', '$dict', '__proto__'))
    const { dict } = fc.letrec<{ value: unknown; dict: PlistDict }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        fc.string(),
        fc.boolean(),
        fc.maxSafeInteger().map((value) => value + 0),
        fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n - 1n }),
        fc.double().map((value) => new PlistReal(value)),
        fc.date({ noInvalidDate: true, min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T00:00:00Z') }),
        fc.uint8Array(),
        fc.array(tie('value'), { maxLength: 4 }),
        tie('dict'),
      ),
      dict: fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }) as fc.Arbitrary<PlistDict>,
    }))
    fc.assert(
      fc.property(dict, (value) => {
        const text = JSON.stringify(encodeCommandJson(value))
        expect(decodeCommandJson(JSON.parse(text))).toEqual(withPositiveZero(value))
      }),
    )
  })
})

/** JSON has one zero. */
function withPositiveZero(value: unknown): unknown {
  if (value instanceof PlistReal) return new PlistReal(value.value === 0 ? 0 : value.value)
  if (Array.isArray(value)) return value.map(withPositiveZero)
  if (typeof value !== 'object' || value === null || value instanceof Date || value instanceof Uint8Array) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withPositiveZero(inner)]))
}

function refusal(work: () => unknown): CommandJsonError {
  try {
    work()
  } catch (error) {
    if (error instanceof CommandJsonError) return error
    throw error
  }
  throw new Error('it was not refused')
}
