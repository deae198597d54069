import type { BodyRule } from '../wire-rule.ts'

/** Where JSON is due, nothing is an error to a device, after which it waits longer and longer. */
export const bodyEmpty: BodyRule = {
  code: 'body-empty',
  severity: 'error',
  finds: 'no octets at all, as in an answer 204 or 304',
  check: (bytes) =>
    bytes.every((octet) => octet === 0x20 || octet === 0x09 || octet === 0x0a || octet === 0x0d)
      ? [
          {
            at: '',
            message: 'Cannot read an empty body: a device takes it for an error and backs off',
            found: `${bytes.length} octets`,
            expected: 'JSON or a property list',
            remedy: 'answer 200 with the whole body, never 204 or 304',
          },
        ]
      : [],
}
