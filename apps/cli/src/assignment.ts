import type { EndpointBody } from '@edict/api'
import { UsageError } from './failure.ts'
import { given } from './given.ts'
import { type Session, text } from './session.ts'

/** Who a set is given to. */
export type Recipient = { readonly kind: 'enrollment' | 'group'; readonly name: string }

/** `--to ENROLLMENT` or `--group GROUP`, one of them. */
export function recipient({ options }: Session): Recipient {
  const enrollment = text(options.to)
  const group = text(options.group)
  if (enrollment !== undefined && group === undefined) return { kind: 'enrollment', name: enrollment }
  if (group !== undefined && enrollment === undefined) return { kind: 'group', name: group }
  throw new UsageError('Cannot tell whom it is for: give --to ENROLLMENT or --group GROUP, one of them')
}

/** `--channel` and `--exclude`. */
export function assignment(session: Session): EndpointBody<'put-enrollment-set'> {
  return given({ channel: channel(session), exclude: session.options.exclude === true ? true : undefined })
}

export function channel({ options }: Session): 'device' | 'user' | undefined {
  const value = text(options.channel)
  if (value === undefined || value === 'device' || value === 'user') return value
  throw new UsageError(`Cannot use --channel ${value}: expected device or user`)
}
