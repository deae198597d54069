import type { Cause } from '../cause.ts'
import { answers, statusSeen } from '../look.ts'

/** Where JSON is due, nothing is an error. */
export const answerEmpty: Cause = {
  code: 'answer-empty',
  number: 14,
  basis: 'field',
  summary: 'A request that asks for JSON was answered with nothing (204, 304, or an empty body)',
  remedy: 'answer 200 with the whole body every time; turn off what answers conditional requests (ETag) on this path',
  suspect({ said }) {
    const empty = answers(
      said,
      ({ status, length }, { kind }) =>
        (kind === 'tokens' || kind === 'declaration-items' || kind === 'declaration') &&
        (status === 204 || status === 304 || (status === 200 && length === 0)),
    )
    return empty.length === 0 ? null : { weight: 'proven', evidence: empty.map(statusSeen) }
  },
}
