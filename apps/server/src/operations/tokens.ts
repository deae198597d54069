import { declarationsToken, isToldAgain, wantedSince } from '@edict/core'
import { type EnrollmentIdentity, encodeTokensResponse, timestamp } from '@edict/protocol'
import type { Channel } from '@edict/store'
import type { Services } from '../services.ts'
import { knownChannel } from './known-channel.ts'

/** Answers Endpoint "tokens": one indexed read. What was told, where it is news, rides in the next group commit. */
export async function tokens(
  who: EnrollmentIdentity,
  { store, now }: Pick<Services, 'store' | 'now'>,
): Promise<{ readonly token: string; readonly bytes: Uint8Array }> {
  const channel = await knownChannel(who.id, store.read)
  const wanted = wantedTokens(channel)
  const { token } = wanted
  const { period, sync } = channel.enrollment
  store.told(who.id, period, token, now(), isToldAgain(sync, token))
  return wanted
}

/** What a channel should hold, as `tokens` and the Data of a command say it. */
export function wantedTokens(channel: Channel): { readonly token: string; readonly bytes: Uint8Array } {
  const token = declarationsToken(channel.common, channel.enrollment)
  const Timestamp = timestamp(wantedSince(channel.cohortSince, channel.enrollment.since))
  return { token, bytes: encodeTokensResponse({ SyncTokens: { DeclarationsToken: token, Timestamp } }) }
}
