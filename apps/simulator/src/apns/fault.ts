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

const written = /^(\d{3})(?:\/([A-Za-z]{1,40}))?(?::([1-9]\d{0,5}))?(?:@([0-9A-Fa-f]{2,200}))?(?:;after=(\d{1,5}))?$/

/**
 * Refuses pushes: `503` each, `503:10` each tenth, `410@ab01` those to one token, `400/TopicDisallowed` for another reason than the
 * usual one, `429;after=30` with Retry-After. Several are separated by commas; the first that applies is said.
 * @throws OptionError when the text is none of these
 */
export function faultOf(text: string): Fault {
  const faults = text.split(',').map(oneFault)
  return (push) => {
    for (const fault of faults) {
      const refusal = fault(push)
      if (refusal !== null) return refusal
    }
    return null
  }
}

function oneFault(text: string): Fault {
  const [, status = '', named, every = '1', token, after] = written.exec(text) ?? []
  const reason = reasons[status] === undefined ? undefined : (named ?? reasons[status])
  if (reason === undefined) {
    throw new OptionError(
      `Cannot fail with ${text}: expected ${Object.keys(reasons).join(', ')}, or such as 503:10 for each tenth, 410@ab01 for one token, 400/TopicDisallowed, 429;after=30`,
    )
  }
  const refusal: PushRefusal = {
    status: Number(status),
    reason,
    ...(after === undefined ? {} : { retryAfter: Number(after) }),
  }
  let seen = 0
  return (push) => {
    if (token !== undefined && push.token.toLowerCase() !== token.toLowerCase()) return null
    seen += 1
    return seen % Number(every) === 0 ? refusal : null
  }
}
