import { type Cause, seen } from '../cause.ts'

/** Reports are gathered for up to a minute, and a sync takes a while. */
const GRACE = 90_000

export const notFinishedYet: Cause = {
  code: 'not-finished-yet',
  number: 0,
  basis: 'documented',
  summary: 'The device was pushed or heard of a moment ago, and may simply not be done',
  remedy: 'wait a minute and a half: devices gather changes for up to a minute before they report',
  patience: GRACE,
  suspect({ said, now }, stage) {
    const last = said.at(-1)
    if (stage === 'in-force' || stage === 'reported-not-active' || last === undefined || now - last.at >= GRACE)
      return null
    // A record that nobody looks at any more ends with its last entry.
    if (now === last.at) return null
    return {
      weight: 'possible',
      harmless: true,
      evidence: [
        seen(
          last,
          `${last.kind === 'push' ? 'it was pushed' : 'it was heard of'} ${Math.round((now - last.at) / 1000)} seconds ago`,
        ),
      ],
    }
  },
}
