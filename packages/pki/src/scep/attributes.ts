import { readText } from '../certificate/name.ts'
import { type Attribute, type Attributes, oneValue, optionalValue } from '../cms/attributes.ts'
import { readWhole } from '../der/read-whole.ts'
import type { DerReader } from '../der/reader.ts'
import { tags } from '../der/tag.ts'
import { octetString, text } from '../der/writer.ts'
import { PkiError } from '../pki-error.ts'

/** Attributes that SCEP signs (RFC 8894 §3.2.1), as dotted decimal. */
const scepAttributes = {
  messageType: '2.16.840.1.113733.1.9.2',
  pkiStatus: '2.16.840.1.113733.1.9.3',
  failInfo: '2.16.840.1.113733.1.9.4',
  senderNonce: '2.16.840.1.113733.1.9.5',
  recipientNonce: '2.16.840.1.113733.1.9.6',
  transactionId: '2.16.840.1.113733.1.9.7',
  failInfoText: '1.3.6.1.5.5.7.24.1',
} as const

type Name = keyof typeof scepAttributes
const visible = /^[\x20-\x7e]{1,255}$/

/** The text of an attribute that must be there. @throws {PkiError} `attribute-missing`, `attribute-values` */
export function textOf(attributes: Attributes, name: Name): string {
  return visibleText(oneValue(attributes, scepAttributes[name], name), name)
}

/** The text of an attribute that may be absent. */
export function optionalText(attributes: Attributes, name: Name): string | undefined {
  const value = optionalValue(attributes, scepAttributes[name], name)
  return value && visibleText(value, name)
}

function visibleText(value: Uint8Array, name: Name): string {
  const found = readWhole(value, readText)
  if (found !== undefined && visible.test(found)) return found
  throw new PkiError('attribute-values', `Cannot read SCEP message: ${name} is no text of 1 to 255 plain characters`)
}

/** A nonce. RFC 8894 asks for 16 octets; a few more or less do no harm to who reads them. */
export function nonceOf(attributes: Attributes, name: 'senderNonce' | 'recipientNonce'): Uint8Array {
  const nonce = readWhole(oneValue(attributes, scepAttributes[name], name), (reader: DerReader) => reader.octetString())
  if (nonce.length >= 8 && nonce.length <= 64) return nonce
  throw new PkiError('attribute-values', `Cannot read SCEP message: ${name} has ${nonce.length} octets`, {
    expected: '16',
  })
}

export function textAttribute(name: Name, value: string): Attribute {
  const tag = name === 'failInfoText' ? tags.utf8String : tags.printableString
  return { oid: scepAttributes[name], value: text(tag, value) }
}

export function nonceAttribute(name: 'senderNonce' | 'recipientNonce', value: Uint8Array): Attribute {
  return { oid: scepAttributes[name], value: octetString(value) }
}
