import type { Instant } from '../instant.ts'

/**
 * What Edict keeps of one channel's synchronisation. Nothing here says what a device should install: need is derived from
 * this and the wanted token whenever it is asked for.
 */
export interface Sync {
  /** A DeclarativeManagement was acknowledged on this channel since the device's last Authenticate. */
  readonly enabled: boolean
  /** The last token answered by `tokens`, or carried as Data by an acknowledged command. */
  readonly told: Said | null
  /** The token of the last `declaration-items` answered. */
  readonly collected: Said | null
  /** Different manifests answered since that Authenticate, newest first; at most {@link SHOWN_LIMIT}. */
  readonly shown: readonly string[]
  readonly offer: Offer | null
  /** CommandUUIDs of offers that another one replaced; a late answer to one of them still enables. */
  readonly superseded: readonly string[]
  /** Asked for by an administrator: offer whatever the tokens say. */
  readonly resync: boolean
}

export interface Said {
  readonly token: string
  readonly at: Instant
}

/** The DeclarativeManagement command made for a channel that is behind. */
export interface Offer {
  readonly CommandUUID: string
  readonly token: string
  readonly at: Instant
  /** Whether the command carried the tokens as Data. */
  readonly data: boolean
  readonly answer: 'Acknowledged' | 'Error' | 'CommandFormatError' | 'NotNow' | null
  readonly answeredAt: Instant | null
  /** How many commands were made for this token in a row. */
  readonly attempt: number
}

export const SHOWN_LIMIT = 8
export const SUPERSEDED_LIMIT = 8

/** A channel of which nothing was heard since Authenticate. */
export const FRESH: Sync = {
  enabled: false,
  told: null,
  collected: null,
  shown: [],
  offer: null,
  superseded: [],
  resync: false,
}
