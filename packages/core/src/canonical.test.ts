import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byCodeUnit, canonical, sha256 } from './canonical.ts'

describe('canonical', () => {
  it('gives one text whatever order the keys were written in', () => {
    expect(canonical({ b: 1, a: { d: true, c: null } })).toBe('{"a":{"c":null,"d":true},"b":1}')
    expect(canonical({ a: { c: null, d: true }, b: 1 })).toBe(canonical({ b: 1, a: { d: true, c: null } }))
  })

  it('writes a value that reads back equal, also with a key called __proto__', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: true }), (value) => {
        expect(JSON.parse(canonical(value as never))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
    expect(canonical(JSON.parse('{"b":2,"__proto__":{"x":1}}'))).toBe('{"__proto__":{"x":1},"b":2}')
  })

  it('refuses what is not JSON', () => {
    expect(() => canonical(undefined as never)).toThrow('Cannot canonicalise value: undefined is not JSON')
  })
})

describe('sha256', () => {
  it('is 64 lower-case hex digits of the UTF-8 bytes', () => {
    expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(sha256('é')).toBe('4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c')
  })
})

describe('byCodeUnit', () => {
  it('orders as RFC 8785 orders keys, not as a language does', () => {
    expect(['b', 'ä', 'A', 'a', 'B'].sort(byCodeUnit)).toEqual(['A', 'B', 'a', 'b', 'ä'])
    expect(byCodeUnit('a', 'a')).toBe(0)
  })
})
