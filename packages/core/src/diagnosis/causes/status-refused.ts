import { type Cause, seen } from '../cause.ts'
import { answers, statusSeen } from '../look.ts'

/** A report that is not answered 200 comes again, the same, for ever. */
export const statusRefused: Cause = {
  code: 'status-refused',
  number: 16,
  basis: 'field',
  summary: 'A status report was refused, so the device repeats it and tells nothing newer',
  remedy: 'take every report: keep what cannot be read as it came, and answer 200 with an empty body',
  suspect({ said, reports }) {
    const refused = answers(
      said,
      ({ status }, { kind }) => kind === 'status' && status !== null && status !== 200 && status !== 204,
    )
    if (refused.length === 0) return null
    const [last] = reports.slice(-1)
    const repeats = reports.filter(({ content }) => content === last?.content).length
    const again = last !== undefined && repeats > 1 ? [seen(last, `the same report came ${repeats} times`)] : []
    return {
      weight: last?.answer.status === 200 ? 'possible' : 'proven',
      evidence: [...refused.map(statusSeen), ...again],
    }
  },
}
