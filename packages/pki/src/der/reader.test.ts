import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeOf } from '../testing/code-of.ts'
import { decodeOid, encodeOid } from './oid.ts'
import { readWhole } from './read-whole.ts'
import { DerReader } from './reader.ts'
import { tags } from './tag.ts'
import {
  bitString,
  boolean,
  context,
  element,
  integer,
  nullValue,
  octetString,
  oid,
  sequence,
  setOf,
  time,
} from './writer.ts'

const from = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'))

describe('the DER reader', () => {
  it('reads what the writer writes', () => {
    const bytes = sequence(
      integer(300),
      oid('1.2.840.113549'),
      boolean(true),
      nullValue,
      context(2, octetString(from('0102'))),
    )
    readWhole(bytes, (reader) => {
      const inner = reader.sequence()
      expect(inner.smallInteger()).toBe(300)
      expect(inner.oid()).toBe('1.2.840.113549')
      expect(inner.boolean()).toBe(true)
      inner.null()
      expect(inner.optional(1)).toBeUndefined()
      expect(inner.optional(2)?.octetString()).toEqual(from('0102'))
      inner.finish()
    })
  })

  it.each([
    ['an indefinite length', '30 80 00 00', 'length'],
    ['a length longer than needed', '30 81 01 05', 'length'],
    ['a length with a zero in front', '30 82 00 80', 'length'],
    ['a length of five octets', '30 85 01 00 00 00 00', 'length'],
    ['content beyond the end', '30 05 05 00', 'truncated'],
    ['nothing', '', 'truncated'],
    ['a tag alone', '30', 'truncated'],
    ['a tag number above 30', '3f 81 00 00', 'tag'],
    ['another type', '04 00', 'unexpected'],
    ['something behind it', '30 00 00', 'trailing'],
  ])('refuses %s', (_, hex, code) => {
    expect(codeOf(() => readWhole(from(hex), (reader) => reader.sequence()))).toBe(code)
  })

  it.each([
    ['an integer with a zero in front', '02 02 00 01', 'integer'],
    ['a negative integer with ones in front', '02 02 ff 80', 'integer'],
    ['an empty integer', '02 00', 'integer'],
    ['a negative integer', '02 01 ff', 'integer'],
  ])('refuses %s', (_, hex, code) => {
    expect(codeOf(() => new DerReader(from(hex)).smallInteger())).toBe(code)
  })

  it('refuses booleans, nulls, bit strings and times that DER does not know', () => {
    expect(codeOf(() => new DerReader(from('010101')).boolean())).toBe('boolean')
    expect(codeOf(() => new DerReader(from('050100')).null())).toBe('null')
    expect(codeOf(() => new DerReader(bitString(from('80'), 7)).bitString())).toBe('bit-string')
    const written = (text: string) => element(tags.utcTime, Buffer.from(text))
    for (const text of [
      '260615120000',
      '2606151200Z',
      '261315120000Z',
      '260230120000Z',
      '260615120060Z',
      '260615250000Z',
    ]) {
      expect(codeOf(() => new DerReader(written(text)).time())).toBe('time')
    }
  })

  it('says where', () => {
    try {
      readWhole(sequence(integer(1), nullValue), (reader) => {
        const inner = reader.sequence()
        inner.smallInteger()
        inner.oid()
      })
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({ code: 'unexpected', offset: 5, found: 'null', expected: 'oid' })
    }
  })

  it('does not follow nesting without end', () => {
    let bytes = sequence()
    for (let depth = 0; depth < 40; depth++) bytes = sequence(bytes)
    const descend = (reader: DerReader): void => descend(reader.sequence())
    expect(codeOf(() => descend(new DerReader(bytes)))).toBe('depth')
  })

  it('keeps numbers, object identifiers and times', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 31 - 1 }), (value) => {
        expect(new DerReader(integer(value)).smallInteger()).toBe(value)
      }),
    )
    const arcs = fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 39 }), fc.array(fc.nat(), { maxLength: 6 }))
    fc.assert(
      fc.property(arcs, ([first, second, rest]) => {
        const text = [first, second, ...rest].join('.')
        expect(decodeOid(encodeOid(text))).toBe(text)
      }),
    )
    const seconds = fc.integer({ min: Date.UTC(1950, 0) / 1000, max: Date.UTC(9999, 0) / 1000 })
    fc.assert(
      fc.property(seconds, (at) => {
        expect(new DerReader(time(at * 1000)).time()).toBe(at * 1000)
      }),
    )
  })

  it('writes sets sorted by their octets', () => {
    expect(setOf(integer(300), integer(2), integer(1))).toEqual(setOf(integer(1), integer(2), integer(300)))
  })
})
