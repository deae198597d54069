import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical } from '../canonical.ts'
import { canonicalFlaws } from './canonical-flaws.ts'
import { checkProperties } from './check-properties.ts'

const flaws = (value: Parameters<typeof canonicalFlaws>[0]) =>
  canonicalFlaws(value, '/Payload', 'payload-malformed').map(({ code, at }) => `${code} ${at}`)

describe('canonicalFlaws', () => {
  it('finds half a surrogate pair, in values and in keys', () => {
    expect(flaws({ a: ['x', '\ud800'], '\udc00': 1 })).toEqual([
      'payload-malformed /Payload/a/1',
      'payload-malformed /Payload',
    ])
  })

  it('finds numbers that reading has rounded or lost', () => {
    expect(flaws([2 ** 53, -(2 ** 53), Number.POSITIVE_INFINITY, Number.NaN])).toHaveLength(4)
    expect(flaws([2 ** 53 - 1, 0.1, -0, null, true, 'a'])).toEqual([])
  })

  it('passes nothing that has no canonical text', () => {
    const value = fc.jsonValue({ noUnicodeString: false }).map((each) => JSON.parse(JSON.stringify(each)))
    fc.assert(
      fc.property(value, (each) => {
        if (flaws(each).length === 0) expect(JSON.parse(canonical(each))).toEqual(each)
      }),
    )
  })
})

it('says of properties where they cannot be kept', () => {
  expect(checkProperties({ role: 'teacher' })).toEqual([])
  expect(checkProperties({ role: { nested: '\ud800' } })).toMatchObject([
    { code: 'properties-malformed', severity: 'error', at: '/role/nested' },
  ])
})
