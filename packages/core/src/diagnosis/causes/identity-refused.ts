import { type Cause, type Suspicion, seen } from '../cause.ts'
import { answers, statusSeen } from '../look.ts'
import type { TraceEntry } from '../trace-entry.ts'

/** 401 makes a device forget its server, unless a user enrolled it with an account. */
export const identityRefused: Cause = {
  code: 'identity-refused',
  number: 27,
  basis: 'documented',
  summary: 'The server refused the device itself (401, 403, or 400 to a message that is fine)',
  remedy:
    'compare the certificate that the device shows with the one that it enrolled with; never answer 401: the device takes it as the order to unenroll',
  suspect({ all, claimed }) {
    const vain = claimsAfter(all, claimed)
    const refused = answers(
      all,
      ({ status }, { kind }) =>
        kind !== 'asset' &&
        (status === 401 || status === 403 || (status === 400 && (kind === 'check-in' || kind === 'result'))),
    )
    if (refused.length === 0) return vain
    const last = all.findLast((one) => 'answer' in one && one.answer.status !== null)
    const still = refused.some((one) => one === last)
    return {
      weight: still || refused.some((one) => 'answer' in one && one.answer.status === 401) ? 'proven' : 'possible',
      evidence: refused.slice(-5).map(statusSeen),
    }
  },
}

/** Nothing came since that was believed, and somebody who said to be this device was refused: it may be the device itself. */
function claimsAfter(all: readonly TraceEntry[], claimed: readonly TraceEntry[]): Suspicion | null {
  const spoke = all.findLast((one) => 'answer' in one)
  const since = claimed.filter(({ entry }) => spoke === undefined || entry > spoke.entry)
  if (since.length === 0) return null
  const why = (one: TraceEntry) => ('answer' in one ? (one.answer.code ?? one.answer.status) : null)
  return {
    weight: 'likely',
    evidence: since.slice(-5).map((one) => seen(one, `somebody who said to be this device was refused: ${why(one)}`)),
    decides: 'is the certificate that was refused the one of this device, or did somebody else speak?',
  }
}
