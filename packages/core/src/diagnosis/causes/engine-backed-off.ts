import { type Cause, seen } from '../cause.ts'
import { answers, statusSeen } from '../look.ts'

const DDM = ['tokens', 'declaration-items', 'declaration', 'status']

/** After an answer that failed, a device waits a minute, then two, four …, or as long as Retry-After says; the next success ends it. */
export const engineBackedOff: Cause = {
  code: 'engine-backed-off',
  number: 13,
  basis: 'field',
  summary: 'Declarative management on the device waits after an answer that failed, or has crashed on one',
  remedy:
    'look for answers other than 200 before this; the device comes back by itself, within a day at the latest; restart it to be sure',
  suspect({ said, reports, began }, stage) {
    if (stage === 'in-force' || stage === 'reported-not-active') return null
    const ddm = said.filter((one) => DDM.includes(one.kind))
    const failed = answers(
      ddm,
      ({ status, length }, { kind }) =>
        (status !== null && status !== 200 && status !== 404) || (kind !== 'status' && status === 200 && length === 0),
    )
    const [last] = failed.slice(-1)
    if (last !== undefined) {
      const after = ddm.filter((one) => one.entry > last.entry).length
      return {
        weight: after === 0 ? 'likely' : 'possible',
        evidence: [statusSeen(last), ...(after > 0 ? [{ message: `${after} requests came after it` }] : [])],
        decides: 'wait for the next request of declarative management, or restart the device',
      }
    }
    const stalled =
      stage === 'acknowledged-no-tokens' ||
      stage === 'tokens-no-manifest' ||
      stage === 'manifest-nothing-fetched' ||
      stage === 'partly-fetched'
    if (!stalled || began !== null || reports.length > 0) return null
    const [first] = ddm
    return {
      weight: 'possible',
      evidence: [
        ...(first === undefined ? [] : [seen(first, 'before this the record has nothing of declarative management')]),
        { message: 'no status report is in the record, and a device that was just turned on sends one' },
      ],
      decides: 'was there ever a status report of this device, and was any earlier answer something else than 200?',
    }
  },
}
