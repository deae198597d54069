import type { RefusalCause } from './verdict.ts'

/** How many devices are remembered when it is judged what a refusal is about. */
export const CIRCUIT_REMEMBERS = 50
/** Devices that may try whether it works again. */
export const CIRCUIT_PROBES = 5

const FIRST_REST = 60_000
const LONGEST_REST = 3_600_000
const devicesUntilTrip: Readonly<Record<RefusalCause, number>> = { certificate: 2, token: 5, request: 5 }

export interface Refusals {
  readonly cause: RefusalCause
  /** Different devices that were last refused for one reason. */
  readonly devices: number
  /** Different devices that were answered lately, those included. */
  readonly of: number
}

/**
 * Whether a reason that several devices got is none of theirs, so that pushing by this certificate has to rest. One device is
 * never enough; what is about the certificate needs two, anything else five, and always half of those that were answered.
 */
export function tripsCircuit({ cause, devices, of }: Refusals): boolean {
  return devices >= devicesUntilTrip[cause] && devices * 2 >= of
}

/** How long to rest, in milliseconds: a minute, and twice as long each time that it did not help, up to an hour. */
export function circuitRest(failedBefore: number): number {
  return Math.min(FIRST_REST * 2 ** failedBefore, LONGEST_REST)
}
