import { type Cause, seen } from '../cause.ts'
import { typeOf } from '../types.ts'

const PATIENCE = 15 * 60_000

/** A profile whose download broke off stayed unknown until a restart, on devices of 2023. */
export const profileStuck: Cause = {
  code: 'profile-stuck',
  number: 34,
  basis: 'field',
  summary: 'A legacy profile has been active and neither valid nor invalid for long',
  remedy: 'give its declaration a new ServerToken; restart the device; InstallProfile is the way around',
  patience: PATIENCE,
  suspect(history) {
    const { states, reports, now } = history
    const report = reports.findLast((one) => one.states !== null)
    if (states === null || report === undefined || now - report.at < PATIENCE) return null
    const stuck = states.filter(
      ({ identifier, active, valid }) =>
        active && valid === 'unknown' && typeOf(history, identifier)?.startsWith('com.apple.configuration.legacy'),
    )
    if (stuck.length === 0) return null
    return {
      weight: 'likely',
      evidence: stuck.map(({ identifier }) =>
        seen(
          report,
          `${identifier} was reported active and unknown ${Math.round((now - report.at) / 60_000)} minutes ago`,
        ),
      ),
      decides: 'restart the device',
    }
  },
}
