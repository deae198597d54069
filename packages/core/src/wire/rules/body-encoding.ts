import type { BodyRule } from '../wire-rule.ts'

const decoder = new TextDecoder('utf-8', { fatal: true })

/** JSON and XML are UTF-8 here. */
export const bodyEncoding: BodyRule = {
  code: 'body-encoding',
  severity: 'error',
  finds: 'text that is not UTF-8',
  check: (bytes) => {
    try {
      decoder.decode(bytes)
      return []
    } catch {
      return [
        {
          at: '',
          message: 'Cannot read this text: it is not UTF-8',
          expected: 'UTF-8',
          remedy: 'save it as UTF-8',
        },
      ]
    }
  },
}
