import fc from 'fast-check'
import { PlistReal, type PlistValue } from './plist-value.ts'
import { notXml } from './xml-characters.ts'

const text = fc.string({ unit: 'grapheme' }).filter((value) => !notXml.test(value) && value.isWellFormed())
const key = fc.oneof(text, fc.constantFrom('__proto__', 'toString', 'hasOwnProperty', '0', ''))
const date = fc
  .integer({ min: Date.parse('0000-01-01T00:00:00Z') / 1000, max: Date.parse('9999-12-31T23:59:59Z') / 1000 })
  .map((seconds) => new Date(seconds * 1000))
const integer = fc.oneof(
  fc.maxSafeInteger(),
  fc.bigInt({ min: -(2n ** 63n), max: BigInt(Number.MIN_SAFE_INTEGER) - 1n }),
  fc.bigInt({ min: BigInt(Number.MAX_SAFE_INTEGER) + 1n, max: 2n ** 64n - 1n }),
)

/** For tests: any property list. */
export const plistArbitrary: fc.Arbitrary<PlistValue> = fc.letrec<{ value: PlistValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    text,
    fc.boolean(),
    integer.map((value) => (Object.is(value, -0) ? 0 : value)),
    fc.double().map((value) => new PlistReal(value)),
    date,
    fc.uint8Array({ maxLength: 80 }).map((octets) => new Uint8Array(octets)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .uniqueArray(fc.tuple(key, tie('value')), { selector: ([name]) => name, maxLength: 5 })
      .map((entries): PlistValue => Object.fromEntries(entries)),
  ),
})).value
