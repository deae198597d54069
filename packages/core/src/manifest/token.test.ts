import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sha256 } from '../canonical.ts'
import type { CommonItem } from './manifest.ts'
import { commonToken, declarationsToken, halves, inCanonicalOrder, ownToken } from './token.ts'

const item: fc.Arbitrary<CommonItem> = fc.record({
  kind: fc.constantFrom('activation', 'asset', 'configuration', 'management'),
  identifier: fc.stringMatching(/^[A-Za-z0-9._-]{1,64}$/),
  type: fc.constant('com.apple.configuration.x'),
  hash: fc.string().map(sha256),
  own: fc.boolean(),
})
const items = fc.uniqueArray(item, { selector: ({ identifier }) => identifier, maxLength: 12 })

describe('commonToken', () => {
  it('is the same in any order of the items', () => {
    const shuffled = items.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    )
    fc.assert(fc.property(shuffled, ([all, other]) => commonToken(all) === commonToken(other)))
  })

  it('changes with each kind, Identifier or hash, and with nothing else', () => {
    const one: CommonItem = { kind: 'asset', identifier: 'a', type: 't', hash: 'h', own: false }
    const changed = [{ kind: 'management' as const }, { identifier: 'b' }, { hash: 'i' }]
    const tokens = [one, ...changed.map((change) => ({ ...one, ...change }))].map((each) => commonToken([each]))
    expect(new Set(tokens).size).toBe(4)
    expect(commonToken([{ ...one, own: true, type: 'u' }])).toBe(commonToken([one]))
  })
})

describe('ownToken', () => {
  it('is the same whatever order the properties were written in', () => {
    expect(ownToken({ properties: { a: 1, b: [2] } })).toBe(ownToken({ properties: { b: [2], a: 1 } }))
    expect(ownToken({ properties: { a: 1 } })).not.toBe(ownToken({ properties: { a: '1' } }))
  })
})

describe('declarationsToken', () => {
  it('joins the halves in at most 256 octets, and comes apart again', () => {
    const common = commonToken([])
    const own = ownToken({ properties: {} })
    const token = declarationsToken(common, { own, particulars: 'facts' })
    expect(token).toBe(`${common}.${own}`)
    expect(Buffer.byteLength(token)).toBe(129)
    expect(halves(token)).toEqual({ common, own, particulars: null })
  })
})

describe('inCanonicalOrder', () => {
  it('puts kind before Identifier, both by code unit', () => {
    const named = (kind: string, identifier: string) => ({ kind, identifier })
    const sorted = [named('asset', 'b'), named('activation', 'z'), named('asset', 'B')].sort(inCanonicalOrder)
    expect(sorted.map(({ identifier }) => identifier)).toEqual(['z', 'B', 'b'])
  })
})
