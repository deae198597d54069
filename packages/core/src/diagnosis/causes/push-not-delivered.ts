import { type Cause, seen } from '../cause.ts'

/** Who is not woken does not come, or once a day. */
export const pushNotDelivered: Cause = {
  code: 'push-not-delivered',
  number: 28,
  basis: 'field',
  summary: 'The push service did not take the push, or none was sent',
  remedy:
    'look at the reason: no-push-certificate asks for one (edict push-certificate request), Unregistered for a new TokenUpdate; BadDeviceToken and TopicDisallowed say that the push certificate is not the one the device enrolled with',
  suspect({ said }, stage) {
    if (stage !== 'not-woken' && stage !== 'woken-not-connected' && stage !== 'command-not-taken') return null
    const pushes = said.filter((one) => one.kind === 'push')
    const last = pushes.at(-1)
    if (last === undefined) {
      if (stage !== 'not-woken') return null
      return {
        weight: 'possible',
        evidence: [{ message: 'the record has no push' }],
        decides: 'does the record have the pushes? Then none was sent',
      }
    }
    if (last.accepted) return null
    return { weight: 'proven', evidence: [seen(last, `the push was refused: ${last.reason ?? 'no reason was given'}`)] }
  },
}
