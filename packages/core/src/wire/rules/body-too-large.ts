import type { BodyRule } from '../wire-rule.ts'

/** The largest message that is read, in octets. */
export const LARGEST = 16 * 1024 * 1024

/** Nothing of this size is a message of device management. */
export const bodyTooLarge: BodyRule = {
  code: 'body-too-large',
  severity: 'error',
  finds: 'more than 16 MiB',
  check: ({ length }) =>
    length > LARGEST
      ? [
          {
            at: '',
            message: `Cannot read ${length} octets: no message is so large`,
            found: length,
            expected: `at most ${LARGEST} octets`,
          },
        ]
      : [],
}
