import type { Unplaced } from './authenticate.ts'

/** How a device was set up to enroll by itself. */
export interface Expectation {
  readonly awaits: boolean
  readonly shared: boolean
}

/**
 * A device that begins to enroll as it was expected to. Authenticate says neither that it will wait in Setup Assistant nor that it is
 * a Shared iPad; what TokenUpdate says counts afterwards, and is missing in almost half of them.
 */
export function asExpected<E extends Unplaced>(device: E, { awaits, shared }: Expectation): E {
  const { facts } = device
  const isShared = shared && facts.platform === 'iOS'
  return {
    ...device,
    awaitingConfiguration: awaits ? true : device.awaitingConfiguration,
    facts: isShared ? { ...facts, sharedIPad: true } : facts,
  }
}

/** A channel that answered DeviceConfigured or UserConfigured, whatever it answered: it waits no more. */
export function configured<E extends Pick<Unplaced, 'awaitingConfiguration'>>(enrollment: E): E {
  return enrollment.awaitingConfiguration === true ? { ...enrollment, awaitingConfiguration: false } : enrollment
}
