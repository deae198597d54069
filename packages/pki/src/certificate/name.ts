import { readWhole } from '../der/read-whole.ts'
import type { DerReader } from '../der/reader.ts'
import { tags } from '../der/tag.ts'
import { oid, sequence, setOf, text } from '../der/writer.ts'
import { PkiError } from '../pki-error.ts'

/** The attribute types that Edict writes, by the letters people know them by (RFC 4519, RFC 5280 appendix A). */
export const nameTypes = {
  CN: '2.5.4.3',
  serialNumber: '2.5.4.5',
  C: '2.5.4.6',
  L: '2.5.4.7',
  ST: '2.5.4.8',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  UID: '0.9.2342.19200300.100.1.1',
  DC: '0.9.2342.19200300.100.1.25',
} as const

export type NameType = keyof typeof nameTypes

/** One attribute of a distinguished name, such as `{ type: 'CN', value: 'Edict CA' }`. */
export interface NameAttribute {
  readonly type: NameType
  readonly value: string
}

/**
 * X.520 allows 64 characters, and the macOS installer cuts a longer SCEP common name at 64 octets without a word: the name that
 * comes back would be another one. So no more than 64 octets.
 */
export const maximumAttributeLength = 64
const printable = /^[A-Za-z0-9 '()+,\-./:=?]*$/
const printableOnly = new Set<NameType>(['C', 'serialNumber'])

/** Writes a distinguished name in DER, in the order given. @throws {PkiError} `name` for a value no reader would keep whole */
export function encodeName(attributes: readonly NameAttribute[]): Uint8Array {
  return sequence(
    ...attributes.map((attribute) => setOf(sequence(oid(nameTypes[attribute.type]), writeValue(attribute)))),
  )
}

function writeValue({ type, value }: NameAttribute): Uint8Array {
  const length = Buffer.byteLength(value, 'utf8')
  if (length === 0 || length > maximumAttributeLength || !value.isWellFormed() || value.includes('\0')) {
    throw refuse(type, `${length} octets of text`, `1 to ${maximumAttributeLength} octets, and no null`)
  }
  if (type === 'C' && !/^[A-Z]{2}$/.test(value)) throw refuse(type, value, 'two capital letters')
  if (printableOnly.has(type)) {
    if (!printable.test(value)) throw refuse(type, value, 'letters, digits and plain punctuation')
    return text(tags.printableString, value)
  }
  return text(type === 'DC' ? tags.ia5String : tags.utf8String, value)
}

function refuse(type: NameType, found: string, expected: string): PkiError {
  return new PkiError('name', `Cannot write name: ${type} has ${found}, expected ${expected}`, { found, expected })
}

/** The values of one attribute type in a name given in DER, in order. Types of strings that nobody uses any more are skipped. */
export function nameValues(name: Uint8Array, type: NameType): readonly string[] {
  const values: string[] = []
  const wanted = nameTypes[type]
  for (const attribute of attributesOf(name)) {
    if (attribute.oid === wanted && attribute.value !== undefined) values.push(attribute.value)
  }
  return values
}

/** The first common name, if there is one. */
export function commonName(name: Uint8Array): string | undefined {
  return nameValues(name, 'CN')[0]
}

/** The types (dotted decimal) and values of a name given in DER. @throws {PkiError} when it is no name */
function attributesOf(name: Uint8Array): readonly { readonly oid: string; readonly value: string | undefined }[] {
  return readWhole(name, (reader) => {
    const found: { oid: string; value: string | undefined }[] = []
    const sets = reader.sequence()
    while (!sets.done) {
      const set = sets.set()
      while (!set.done) {
        const pair = set.sequence()
        found.push({ oid: pair.oid(), value: readText(pair) })
        pair.finish()
      }
    }
    return found
  })
}

const encodings: ReadonlyMap<number, 'utf8' | 'latin1' | 'utf16'> = new Map([
  [tags.utf8String, 'utf8'],
  [tags.printableString, 'latin1'],
  [tags.ia5String, 'latin1'],
  [tags.teletexString, 'latin1'],
  [tags.bmpString, 'utf16'],
])

/** Reads a DirectoryString, or one of the older string types; undefined for what is no text. */
export function readText(reader: DerReader): string | undefined {
  const tag = reader.peek() ?? tags.null
  const encoding = encodings.get(tag)
  if (!encoding) {
    reader.raw()
    return undefined
  }
  const content = Buffer.from(reader.content(tag))
  if (encoding !== 'utf16') return content.toString(encoding)
  return content.length % 2 === 0 ? content.swap16().toString('utf16le') : undefined
}
