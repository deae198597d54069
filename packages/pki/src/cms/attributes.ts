import type { DerReader } from '../der/reader.ts'
import { tags } from '../der/tag.ts'
import { oid, sequence, setOf } from '../der/writer.ts'
import { PkiError } from '../pki-error.ts'

/** Attributes by type (dotted decimal). Each value is a whole element in DER. */
export type Attributes = ReadonlyMap<string, readonly Uint8Array[]>

/** One attribute to be written. */
export interface Attribute {
  readonly oid: string
  readonly value: Uint8Array
}

const maximumAttributes = 64

/** Reads SET OF Attribute from a reader of its content. One type twice is refused: which one would count? */
export function readAttributes(set: DerReader): Attributes {
  const attributes = new Map<string, readonly Uint8Array[]>()
  while (!set.done) {
    const at = set.offset
    const attribute = set.sequence()
    const type = attribute.oid()
    const values = attribute.set()
    const found: Uint8Array[] = []
    while (!values.done && found.length < maximumAttributes) found.push(values.raw())
    values.finish()
    attribute.finish()
    if (attributes.has(type) || attributes.size >= maximumAttributes) {
      const why = attributes.has(type) ? `${type} stands twice` : `there are more than ${maximumAttributes}`
      throw new PkiError('attribute-twice', `Cannot read attributes: ${why}`, { offset: at, found: type })
    }
    attributes.set(type, found)
  }
  return attributes
}

/** The one value of an attribute that must be there once. @throws {PkiError} `attribute-missing` */
export function oneValue(attributes: Attributes, type: string, name: string): Uint8Array {
  const value = optionalValue(attributes, type, name)
  if (value) return value
  throw new PkiError('attribute-missing', `Cannot read attributes: ${name} is missing`, { expected: type })
}

/** The one value of an attribute that may be absent. @throws {PkiError} `attribute-values` */
export function optionalValue(attributes: Attributes, type: string, name: string): Uint8Array | undefined {
  const values = attributes.get(type)
  if (values && values.length !== 1) {
    throw new PkiError('attribute-values', `Cannot read attributes: ${name} has ${values.length} values, expected 1`)
  }
  return values?.[0]
}

/** SET OF Attribute, each with one value. */
export function writeAttributes(attributes: readonly Attribute[]): Uint8Array {
  return setOf(...attributes.map(({ oid: type, value }) => sequence(oid(type), setOf(value))))
}

export const implicitZero = 0xa0
/** The octets that are signed: an implicit `[0]` in the message, but a SET when it is digested (RFC 5652 §5.4). */
export function asSet(signedAttributes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(signedAttributes)
  copy[0] = tags.set
  return copy
}
