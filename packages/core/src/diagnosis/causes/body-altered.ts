import type { Cause } from '../cause.ts'
import { hasCode, suspectFlaws } from '../look.ts'

/** What the server sent is not what the device got, or it is no JSON at all. */
export const bodyAltered: Cause = {
  code: 'body-altered',
  number: 26,
  basis: 'hypothesis',
  summary:
    'An answer is not the plain JSON that a device reads: compressed, with a byte order mark, cut, encoded twice, or a web page',
  remedy:
    'let the proxy pass these answers through as they are, and look at the very octets that leave the last machine',
  suspect: (history, stage) =>
    suspectFlaws(
      history,
      stage,
      hasCode(
        'body-compressed',
        'byte-order-mark',
        'body-html',
        'body-encoding',
        'json-syntax',
        'json-double-encoded',
        'data-encoded-twice',
        'quotes-curly',
        'quotes-unescaped',
        'plist-syntax',
      ),
    ),
}
