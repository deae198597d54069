import type { Cause } from '../cause.ts'
import { answers, statusSeen } from '../look.ts'

/** Another server saw the daemon of devices crash on it. */
export const statusAnswered204: Cause = {
  code: 'status-answered-204',
  number: 15,
  basis: 'field',
  summary: 'A status report was answered 204, which was seen to crash declarative management on devices',
  remedy: 'answer 200 with an empty body; restart the device',
  suspect({ said }, stage) {
    const found = answers(said, ({ status }, { kind }) => kind === 'status' && status === 204)
    if (found.length === 0) return null
    return { weight: stage === 'in-force' ? 'possible' : 'likely', evidence: found.map(statusSeen) }
  },
}
