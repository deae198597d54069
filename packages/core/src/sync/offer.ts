import type { ConnectMessage } from '@edict/protocol'
import type { Instant } from '../instant.ts'
import { behind } from './behind.ts'
import { type Offer, SUPERSEDED_LIMIT, type Sync } from './sync.ts'

const FIRST_WAIT = 15 * 60_000
const LONGEST_WAIT = 24 * 60 * 60_000

/** A connection of one channel, as far as an offer depends on it. */
export interface Occasion {
  readonly wanted: string
  readonly now: Instant
  readonly idle: boolean
  /** The CommandUUID a new offer gets. */
  readonly CommandUUID: string
  /** Whether the command carries the tokens. */
  readonly data: boolean
}

/**
 * The offer that a channel gets on this connection, or null. Unanswered for the same token: the same UUID again. Another
 * token: a new UUID. Answered: nothing for that token for 15 minutes, then 30, 60 … 24 hours, unless the channel collected
 * after it answered: then it was not silent, and what it lacks was wanted later. After NotNow: at its next Idle. A resync
 * offers regardless.
 */
export function offerFor(sync: Sync, occasion: Occasion): Offer | null {
  const { wanted, now, idle } = occasion
  if (sync.resync) return newOffer(sync, occasion)
  if (!behind(sync, wanted, now)) return null
  const { offer } = sync
  if (offer?.answer === 'NotNow' && !idle) return null
  if (offer?.token !== wanted) return newOffer(sync, occasion)
  if (offer.answer === null || offer.answer === 'NotNow') return offer
  const isDue = collectedSince(sync, offer) || now - (offer.answeredAt ?? offer.at) >= waitAfter(offer.attempt)
  return isDue ? newOffer(sync, occasion) : null
}

/** A change that is taken back wants an old token again, which may have been offered before the channel collected the change. */
function collectedSince({ collected }: Sync, { answeredAt }: Offer): boolean {
  return collected !== null && answeredAt !== null && collected.at >= answeredAt
}

function newOffer(sync: Sync, { wanted, now, CommandUUID, data }: Occasion): Offer {
  const { offer, resync } = sync
  const isRepeated = offer?.token === wanted && !resync && !collectedSince(sync, offer)
  const attempt = isRepeated ? offer.attempt + 1 : 1
  return { CommandUUID, token: wanted, at: now, data, answer: null, answeredAt: null, attempt }
}

function waitAfter(attempt: number): number {
  return Math.min(FIRST_WAIT * 2 ** (attempt - 1), LONGEST_WAIT)
}

/** The channel once this offer has been made to it. */
export function offered(sync: Sync, offer: Offer): Sync {
  const replaced = sync.offer !== null && sync.offer.CommandUUID !== offer.CommandUUID ? [sync.offer.CommandUUID] : []
  const superseded = [...replaced, ...sync.superseded].slice(0, SUPERSEDED_LIMIT)
  return { ...sync, offer, superseded, resync: false }
}

/** Whether a CommandUUID is that of an offer made to this channel. */
export function isOffer(sync: Sync, CommandUUID: string): boolean {
  return sync.offer?.CommandUUID === CommandUUID || sync.superseded.includes(CommandUUID)
}

/** The channel after its answer to an offer. A late answer to a replaced one enables, nothing more; an unknown one nothing. */
export function offerAnswered(
  sync: Sync,
  CommandUUID: string,
  answer: Exclude<ConnectMessage['Status'], 'Idle'>,
  now: Instant,
): Sync {
  if (!isOffer(sync, CommandUUID)) return sync
  const enabled = sync.enabled || answer === 'Acknowledged'
  const { offer } = sync
  if (offer?.CommandUUID !== CommandUUID) return { ...sync, enabled }
  const told = answer === 'Acknowledged' && offer.data ? { token: offer.token, at: now } : sync.told
  return { ...sync, enabled, told, offer: { ...offer, answer, answeredAt: now } }
}

/** The channel after `tokens` was answered with a token. */
export function tokensAnswered(sync: Sync, token: string, now: Instant): Sync {
  return { ...sync, told: { token, at: now } }
}
