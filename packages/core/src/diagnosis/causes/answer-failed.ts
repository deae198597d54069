import type { Cause } from '../cause.ts'
import { answers, statusSeen } from '../look.ts'

/** Anything but 200 or 404 ends this attempt, and the device waits a minute, two, four … before the next. */
export const answerFailed: Cause = {
  code: 'answer-failed',
  number: 13,
  basis: 'field',
  summary: 'A request of declarative management was answered with an error, so the device gave this attempt up',
  remedy:
    'look for the error in the log of the server at that moment; leave out a declaration that cannot be made, instead of failing',
  suspect({ last, said }, stage) {
    const from = last === null ? 0 : said.findIndex((one) => one === (last.command ?? last.tokens ?? last.manifest))
    const failed = answers(
      said.slice(Math.max(from, 0)),
      ({ status }, { kind }) =>
        (kind === 'tokens' || kind === 'declaration-items' || kind === 'declaration') &&
        status !== null &&
        status >= 400 &&
        ![401, 403, 404].includes(status),
    )
    if (failed.length === 0) return null
    return { weight: stage === 'in-force' ? 'possible' : 'proven', evidence: failed.map(statusSeen) }
  },
}
