import { concatenate } from '../bytes.ts'
import { readHeader } from '../der/header.ts'
import { constructedBit, contextTag, tags } from '../der/tag.ts'
import { octetString } from '../der/writer.ts'

const hiddenOctetString = contextTag(0, 'primitive')

/** The same DER as an encoder writes it that streams: open lengths everywhere, octet strings (also a hidden one) in chunks. */
export function toBer(der: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = []
  for (let at = 0; at < der.length; ) {
    const { tag, contentStart, length = 0 } = readHeader(der, at, der.length, true)
    const end = contentStart + length
    const content = der.subarray(contentStart, end)
    const inChunks = tag === tags.octetString || (tag === hiddenOctetString && length > 32)
    if (inChunks) parts.push(open(tag | constructedBit, chunks(content)))
    else if (tag & constructedBit) parts.push(open(tag, toBer(content)))
    else parts.push(der.subarray(at, end))
    at = end
  }
  return concatenate(parts)
}

function open(tag: number, content: Uint8Array): Uint8Array {
  return concatenate([Uint8Array.of(tag, 0x80), content, Uint8Array.of(0, 0)])
}

function chunks(content: Uint8Array): Uint8Array {
  const half = content.length >> 1
  return concatenate([octetString(content.subarray(0, half)), octetString(content.subarray(half))])
}
