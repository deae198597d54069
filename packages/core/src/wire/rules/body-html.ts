import type { BodyRule } from '../wire-rule.ts'

/** A page for people where a message is due: what a proxy or a login in between answers. */
export const bodyHtml: BodyRule = {
  code: 'body-html',
  severity: 'error',
  finds: 'an HTML page, as a proxy answers with',
  check: (bytes) =>
    /^\s*<(?:!doctype html|html)[\s>]/i.test(new TextDecoder().decode(bytes.subarray(0, 256)))
      ? [
          {
            at: '',
            message: 'Cannot read this body: it is a page of HTML',
            found: 'HTML',
            expected: 'JSON or a property list',
            remedy: 'see what stands between device and server: it answered in place of the server',
          },
        ]
      : [],
}
