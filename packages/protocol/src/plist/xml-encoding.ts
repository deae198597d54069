import { PlistError } from './plist-error.ts'

const strict = new TextDecoder('utf-8', { fatal: true })

/** The text of a document that must be UTF-8; a byte order mark is passed over. @throws {PlistError} `encoding` */
export function decodeXmlText(bytes: Uint8Array): string {
  if ((bytes[0] === 0xfe && bytes[1] === 0xff) || (bytes[0] === 0xff && bytes[1] === 0xfe)) {
    throw new PlistError(
      'encoding',
      'UTF-16, where UTF-8 is expected,',
      { offset: 0 },
      { found: 'UTF-16', expected: 'UTF-8' },
    )
  }
  try {
    return strict.decode(bytes)
  } catch {
    throw new PlistError('encoding', 'an octet that is not UTF-8', { offset: firstFault(bytes) }, { expected: 'UTF-8' })
  }
}

/** The offset of the first octet that is not UTF-8. */
function firstFault(bytes: Uint8Array): number {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  let offset = 0
  let from = 0
  for (;;) {
    const replaced = text.indexOf('\ufffd', from)
    if (replaced === -1) return bytes.length
    offset += octetLength(text, from, replaced)
    const genuine = bytes[offset] === 0xef && bytes[offset + 1] === 0xbf && bytes[offset + 2] === 0xbd
    if (!genuine) return offset
    offset += 3
    from = replaced + 1
  }
}

/** How many octets a stretch of text is in UTF-8. */
export function octetLength(text: string, from: number, to: number): number {
  let length = to - from
  for (let index = from; index < to; index++) {
    const code = text.charCodeAt(index)
    if (code >= 0x800) length += code >= 0xd800 && code <= 0xdfff ? 1 : 2
    else if (code >= 0x80) length += 1
  }
  return length
}
