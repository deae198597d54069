import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concatenate } from '../bytes.ts'
import { codeOf } from '../testing/code-of.ts'
import { vector } from '../testing/vector.ts'
import { definite, joinChunks } from './definite.ts'
import { constructedBit } from './tag.ts'
import { context, element, integer, octetString, sequence, setOf } from './writer.ts'

const from = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'))

describe('BER with definite lengths', () => {
  it.each([
    ['an open length', '30 80 02 01 05 00 00', '30 03 02 01 05'],
    ['open lengths inside of each other', '30 80 a0 80 05 00 00 00 00 00', '30 04 a0 02 05 00'],
    ['an octet string in chunks', '24 80 04 01 aa 04 02 bb cc 00 00', '04 03 aa bb cc'],
    ['chunks of chunks', '24 80 24 04 04 02 01 02 04 01 03 00 00', '04 03 01 02 03'],
    ['an octet string of no chunks', '24 80 00 00', '04 00'],
    ['a roomy length', '30 84 00 00 00 03 02 01 05', '30 03 02 01 05'],
    ['a roomy length of something primitive', '04 82 00 01 aa', '04 01 aa'],
  ])('rewrites %s', (_, ber, der) => {
    expect(definite(from(ber))).toEqual(from(der))
  })

  it.each([
    ['an open length without an end', '30 80 02 01 05', 'truncated'],
    ['half an end', '30 80 02 01 05 00', 'truncated'],
    ['an open length of something primitive', '04 80 00 00', 'length'],
    ['something behind it', '30 80 00 00 00', 'trailing'],
    ['an integer among the chunks', '24 80 02 01 05 00 00', 'unexpected'],
    ['text in chunks', '2c 03 0c 01 41', 'unexpected'],
    ['nothing', '', 'truncated'],
  ])('refuses %s', (_, ber, code) => {
    expect(codeOf(() => definite(from(ber)))).toBe(code)
  })

  it('refuses nesting without end, open or not', () => {
    expect(codeOf(() => definite(new Uint8Array(10_000).fill(0x30).map((octet, at) => (at % 2 ? 0x80 : octet))))).toBe(
      'depth',
    )
  })

  it('leaves DER alone, and is done after once', () => {
    const der = vector('signed-rsa-sha256-attached')
    expect(definite(der)).toEqual(der)
    const streamed = definite(vector('signed-streamed-attached'))
    expect(streamed).not.toEqual(vector('signed-streamed-attached'))
    expect(definite(streamed)).toEqual(streamed)
  })

  it('gives back any tree that was written with open lengths and chunks', () => {
    const { tree } = fc.letrec<{ tree: { der: Uint8Array; ber: Uint8Array } }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.nat().map((value) => ({ der: integer(value), ber: integer(value) })),
        fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 3 }).map((chunks) => ({
          der: octetString(concatenate(chunks.length > 0 ? chunks : [new Uint8Array()])),
          ber: open(0x24, ...chunks.map(octetString)),
        })),
        fc.array(tie('tree'), { maxLength: 3 }).map((parts) => ({
          der: sequence(...parts.map((part) => part.der)),
          ber: open(0x30, ...parts.map((part) => part.ber)),
        })),
        tie('tree').map((part) => ({ der: context(0, part.der), ber: open(0xa0, part.ber) })),
      ),
    }))
    fc.assert(
      fc.property(tree, ({ der, ber }) => {
        expect(definite(ber)).toEqual(der)
        expect(definite(der)).toEqual(der)
      }),
    )
  })

  it('joins the chunks that an implicit tag hides', () => {
    expect(joinChunks(from('04 01 aa 04 02 bb cc'))).toEqual(from('aabbcc'))
    expect(codeOf(() => joinChunks(from('05 00')))).toBe('unexpected')
    expect(setOf()).toEqual(element(0x11 | constructedBit))
  })
})

function open(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  return concatenate([Uint8Array.of(tag, 0x80), ...parts, Uint8Array.of(0, 0)])
}
