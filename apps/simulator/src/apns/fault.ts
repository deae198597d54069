import { OptionError } from '../option.ts'
import type { Push, PushRefusal } from './push.ts'

/** Decides whether a good push is refused all the same. */
export type Fault = (push: Push) => PushRefusal | null

const reasons: Readonly<Record<string, string>> = {
  400: 'BadDeviceToken',
  403: 'BadCertificate',
  410: 'Unregistered',
  429: 'TooManyRequests',
  500: 'InternalServerError',
  503: 'ServiceUnavailable',
}

/**
 * Refuses every n-th push, from `503` (each) or `503:10` (each tenth).
 * @throws OptionError when the text is neither
 */
export function faultOf(text: string): Fault {
  const [, status = '', every = '1'] = /^(\d{3})(?::([1-9]\d{0,5}))?$/.exec(text) ?? []
  const reason = reasons[status]
  if (reason === undefined) {
    throw new OptionError(
      `Cannot fail with ${text}: expected ${Object.keys(reasons).join(', ')}, or such as 503:10 for each tenth`,
    )
  }
  let seen = 0
  return () => {
    seen += 1
    return seen % Number(every) === 0 ? { status: Number(status), reason } : null
  }
}
