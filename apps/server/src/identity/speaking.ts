import type { EnrollmentIdentity, IdentityKeys } from '@edict/protocol'
import type { Trace } from '../device/trace.ts'
import type { Services } from '../services.ts'
import { believe } from './believe.ts'
import type { Proven } from './proven.ts'
import { succeed } from './succeed.ts'

/** A message with what was proved about its sender. */
export interface Spoken {
  readonly keys: IdentityKeys
  /** Whether it is an `Authenticate`, before which nothing is pinned. */
  readonly begins: boolean
  /** Whether it is a `CheckOut`, after which there is nothing. */
  readonly leaves: boolean
  readonly proven: Proven | null
}

/**
 * Answers a message as that of the channel it claims to come from, if it is. The first good answer to a renewed certificate ends the
 * old one.
 *
 * @throws DeviceError and ProtocolError of `believe`, and what `answer` throws
 */
export async function speaking<T>(
  { keys, begins, leaves, proven }: Spoken,
  services: Pick<Services, 'store' | 'now'>,
  trace: Trace,
  answer: (who: EnrollmentIdentity) => Promise<T>,
): Promise<T> {
  const { who, renewing } = await believe(keys, { begins, leaves }, proven, services)
  trace.enrollment = who.id
  const answered = await answer(who)
  if (renewing && proven !== null) await succeed(proven.certificate.fingerprint, who.device, services)
  return answered
}
