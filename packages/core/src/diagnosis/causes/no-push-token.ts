import { type Cause, seen } from '../cause.ts'

const PATIENCE = 2 * 60_000

/** Without an identity for the push service a device never completes its enrollment; the person sees an approved profile. */
export const noPushToken: Cause = {
  code: 'no-push-token',
  number: 36,
  basis: 'field',
  summary: 'The device authenticated, and never sent its push token',
  remedy: 'mend its connection to the push service (seen with virtual Macs), and enroll it again',
  patience: PATIENCE,
  suspect({ said, began, now }) {
    if (began === null || now - began.at < PATIENCE) return null
    if (said.some((one) => one.kind === 'check-in' && one.messageType === 'TokenUpdate')) return null
    return {
      weight: 'proven',
      evidence: [
        seen(began, 'Authenticate was accepted'),
        { message: `no TokenUpdate in ${Math.round((now - began.at) / 60_000)} minutes since` },
      ],
    }
  },
}
