import type { BodyRule } from '../wire-rule.ts'

/** A byte order mark has no place in JSON that is sent (RFC 8259, section 8.1); readers may refuse it. */
export const byteOrderMark: BodyRule = {
  code: 'byte-order-mark',
  severity: 'warning',
  finds: 'a byte order mark at the start',
  check: (bytes) =>
    bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
      ? [
          {
            at: '',
            message: 'Cannot count on a byte order mark being passed over: not every reader does',
            found: 'EF BB BF',
            remedy: 'save the text without a byte order mark',
          },
        ]
      : [],
}
