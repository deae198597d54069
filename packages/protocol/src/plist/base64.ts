const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const space = 64
const padding = 65
const wrong = 255

const table = new Uint8Array(128).fill(wrong)
for (let index = 0; index < alphabet.length; index++) table[alphabet.charCodeAt(index)] = index
for (const code of [0x20, 0x09, 0x0a, 0x0d]) table[code] = space
table[0x3d] = padding

export interface Base64Fault {
  readonly index: number
  readonly complaint: string
}

const plain = /^[A-Za-z0-9+/]*={0,2}$/
const wrapping = /[ \t\r\n]+/g

/**
 * Reads base64 (RFC 4648 §4, padded) with white space anywhere, as property lists wrap it.
 * Gives the place of the first fault instead of octets when there is one.
 */
export function decodeBase64(text: string): Uint8Array | Base64Fault {
  const digits = text.replace(wrapping, '')
  // Buffer is many times as fast, and would pass over any fault.
  return digits.length % 4 === 0 && plain.test(digits)
    ? new Uint8Array(Buffer.from(digits, 'base64'))
    : decodeStrictly(text)
}

function decodeStrictly(text: string): Uint8Array | Base64Fault {
  const octets = new Uint8Array(((text.length + 3) >> 2) * 3)
  let length = 0
  let bits = 0
  let digits = 0
  let pads = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    const digit = code < 128 ? (table[code] ?? wrong) : wrong
    if (digit < 64) {
      if (pads > 0) return { index, complaint: 'base64 goes on after its padding' }
      bits = (bits << 6) | digit
      if (++digits === 4) {
        octets[length++] = bits >> 16
        octets[length++] = bits >> 8
        octets[length++] = bits
        bits = 0
        digits = 0
      }
    } else if (digit === padding) {
      if (digits < 2 || digits + pads === 4) return { index, complaint: 'base64 padding in the wrong place' }
      pads++
    } else if (digit === wrong) {
      return { index, complaint: 'a character that is not base64' }
    }
  }
  if (digits > 0 && digits + pads !== 4) return { index: text.length, complaint: 'base64 that ends too early' }
  if (digits === 3) {
    octets[length++] = bits >> 10
    octets[length++] = bits >> 2
  } else if (digits === 2) {
    octets[length++] = bits >> 4
  }
  return length === octets.length ? octets : octets.slice(0, length)
}

/** Writes base64 on one line. */
export function encodeBase64(octets: Uint8Array): string {
  return Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength).toString('base64')
}
