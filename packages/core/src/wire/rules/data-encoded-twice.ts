import { embeddedData } from '../embedded.ts'
import type { PlistRule } from '../wire-rule.ts'

const BASE64 = /^[A-Za-z0-9+/\s]+={0,2}\s*$/

/** `<data>` is Base64 of the JSON itself. Libraries encode by themselves, and what was encoded before is encoded again. */
export const dataEncodedTwice: PlistRule = {
  code: 'data-encoded-twice',
  severity: 'error',
  finds: '`Data` that is Base64 twice over',
  plists: ['command', 'check-in'],
  check: ({ root, kind }) => {
    const embedded = embeddedData(root, kind)
    if (embedded === undefined || !isEncoded(embedded.bytes)) return []
    return [
      {
        at: embedded.at,
        message: 'Cannot read Data: it is Base64 of Base64, and no JSON',
        found: new TextDecoder().decode(embedded.bytes.subarray(0, 40)),
        expected: 'JSON',
        remedy: 'hand the JSON to the property list library as octets: it encodes them itself',
      },
    ]
  },
}

/** Whether these octets are Base64 text of something that begins like JSON. */
export function isEncoded(bytes: Uint8Array): boolean {
  const text = new TextDecoder().decode(bytes.subarray(0, 4_096))
  // An opening brace and whatever follows it.
  return /^e[w-z0-9+/]/.test(text) && BASE64.test(text)
}
