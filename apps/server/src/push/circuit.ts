import { CIRCUIT_PROBES, CIRCUIT_REMEMBERS, circuitRest, type RefusalCause, tripsCircuit } from '@edict/core'

/** What an administrator is told of a circuit that opened. Instants in milliseconds since the epoch. */
export interface CircuitAlarm {
  readonly reason: string
  readonly since: number
  /** How many devices were refused for it, of how many that were answered lately. */
  readonly devices: number
  readonly of: number
  /** When some try again. */
  readonly until: number
}

/** Keeps pushes back when it is not for a device that they are refused. */
export interface Circuit {
  readonly alarm: CircuitAlarm | null
  /** Null when a push may go; otherwise from when on it may ask again. */
  admit(): number | null
  accepted(token: string): void
  refused(token: string, reason: string, cause: RefusalCause): void
}

/** How long the answers of those that try are waited for, in milliseconds. */
const PROBES_TAKE = 5_000

/**
 * The circuit of one topic. It opens when several devices get one reason, rests, then lets a few try: one that is accepted closes it, and
 * when none is it rests for longer. One alarm is raised for all of that, and one all-clear.
 */
export function createCircuit(now: () => number, changed: (alarm: CircuitAlarm | null) => void): Circuit {
  /** The last answer of each device, the oldest first; null: accepted. */
  const lately = new Map<string, string | null>()
  let alarm: CircuitAlarm | null = null
  let rests = 0
  let probes = { admitted: 0, refused: 0 }

  const note = (token: string, reason: string | null): void => {
    lately.delete(token)
    lately.set(token, reason)
    const [oldest] = lately.keys()
    if (lately.size > CIRCUIT_REMEMBERS && oldest !== undefined) lately.delete(oldest)
  }
  const rest = (open: Omit<CircuitAlarm, 'until'>): CircuitAlarm => {
    const made = { ...open, until: now() + circuitRest(rests) }
    rests += 1
    probes = { admitted: 0, refused: 0 }
    alarm = made
    return made
  }
  return {
    get alarm() {
      return alarm
    },
    admit() {
      if (alarm === null) return null
      if (now() < alarm.until) return alarm.until
      // Whoever tried and never told how it went does not keep it open for ever.
      if (probes.admitted >= CIRCUIT_PROBES && now() - alarm.until >= 2 * PROBES_TAKE) return rest(alarm).until
      if (probes.admitted >= CIRCUIT_PROBES) return now() + PROBES_TAKE
      probes.admitted += 1
      return null
    },
    accepted(token) {
      note(token, null)
      if (alarm === null) return
      alarm = null
      rests = 0
      lately.clear()
      changed(null)
    },
    refused(token, reason, cause) {
      note(token, reason)
      if (alarm !== null) {
        // What was sent before it opened may be answered after.
        if (now() < alarm.until) return
        probes.refused += 1
        if (probes.refused >= CIRCUIT_PROBES) rest(alarm)
        return
      }
      const devices = [...lately.values()].filter((each) => each === reason).length
      if (tripsCircuit({ cause, devices, of: lately.size })) {
        changed(rest({ reason, since: now(), devices, of: lately.size }))
      }
    },
  }
}
