import { type Cause, seen } from '../cause.ts'

const SOON = 60_000

/** Pushes are accepted, and the device comes when it starts or somebody logs in. */
export const pushWithoutEffect: Cause = {
  code: 'push-without-effect',
  number: 37,
  basis: 'field',
  summary: 'The push service took the push, and the device did not connect',
  remedy:
    'let the device reach the push service (TCP 5223 and 443 to 17.0.0.0/8); a new TokenUpdate, or enrolling again, gives it a new token',
  patience: SOON,
  suspect({ said, now }, stage) {
    const pushes = said.filter((one) => one.kind === 'push' && one.accepted && now - one.at >= SOON)
    const contacts = said.filter((one) => one.kind === 'result')
    const vain = pushes.filter(({ at }) => !contacts.some((one) => one.at >= at && one.at - at <= SOON))
    const [last] = vain.slice(-1)
    if (last === undefined || last !== pushes.at(-1)) return null
    // It was away, and came by itself: it has everything, and what keeps that from being in force is no push.
    const came = said.some((one) => one.kind !== 'push' && one.at > last.at)
    if (came && (stage === 'reported-not-active' || stage === 'in-force')) return null
    const always = vain.length === pushes.length && vain.length > 1
    return {
      weight: always ? 'likely' : 'possible',
      evidence: [
        seen(
          last,
          `${vain.length === 1 ? 'a push was' : `${vain.length} pushes were`} accepted, and it did not connect within a minute`,
        ),
        ...contacts
          .slice(-1)
          .map((one) => seen(one, always ? 'it connects at other times' : 'it has connected before')),
      ],
      decides: 'push it while somebody looks at it, in a network that is known to work: edict enrollments nudge',
    }
  },
}
