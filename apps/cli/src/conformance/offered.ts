import { NotAskable } from './not-askable.ts'
import type { Session } from './session.ts'

/** A session in which the invitation to synchronize came. */
export interface OfferedSession extends Session {
  readonly offer: NonNullable<Session['offer']>
}

/** @throws NotAskable where none came */
export function sessionWithOffer({ offer, ...session }: Session): OfferedSession {
  if (offer === null) throw new NotAskable('DeclarativeManagement was not offered: see offer-comes')
  return { ...session, offer }
}
