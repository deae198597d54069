import type { Check } from './check.ts'
import { authenticateAnswered } from './checks/authenticate-answered.ts'
import { bodyTooLarge } from './checks/body-too-large.ts'
import { changeSeen } from './checks/change-seen.ts'
import { changeServed } from './checks/change-served.ts'
import { changeToken } from './checks/change-token.ts'
import { commandTimestamp } from './checks/command-timestamp.ts'
import { commandsWellFormed } from './checks/commands-well-formed.ts'
import { contentTypeSuffix } from './checks/content-type-suffix.ts'
import { declarationsAnswered } from './checks/declarations-answered.ts'
import { declarationsKind } from './checks/declarations-kind.ts'
import { declarationsMatch } from './checks/declarations-match.ts'
import { declarationsStable } from './checks/declarations-stable.ts'
import { declarationsWellFormed } from './checks/declarations-well-formed.ts'
import { framing } from './checks/framing.ts'
import { identityMismatch } from './checks/identity-mismatch.ts'
import { idleAnswered } from './checks/idle-answered.ts'
import { keepAlive } from './checks/keep-alive.ts'
import { manifestAnswered } from './checks/manifest-answered.ts'
import { manifestIdentifiers } from './checks/manifest-identifiers.ts'
import { manifestKeys } from './checks/manifest-keys.ts'
import { manifestServerTokens } from './checks/manifest-server-tokens.ts'
import { manifestStable } from './checks/manifest-stable.ts'
import { manifestToken } from './checks/manifest-token.ts'
import { manifestUnique } from './checks/manifest-unique.ts'
import { messageMalformed } from './checks/message-malformed.ts'
import { messageUnknown } from './checks/message-unknown.ts'
import { never401 } from './checks/never-401.ts'
import { noEncoding } from './checks/no-encoding.ts'
import { notNowAgain } from './checks/not-now-again.ts'
import { notNowRests } from './checks/not-now-rests.ts'
import { oddIdentifiers } from './checks/odd-identifiers.ts'
import { offerComes } from './checks/offer-comes.ts'
import { otherKind } from './checks/other-kind.ts'
import { plistBinary } from './checks/plist-binary.ts'
import { predicatePlaced } from './checks/predicate-placed.ts'
import { referencesListed } from './checks/references-listed.ts'
import { resultAnswered } from './checks/result-answered.ts'
import { resultTwice } from './checks/result-twice.ts'
import { sessionEnds } from './checks/session-ends.ts'
import { statusAnswered } from './checks/status-answered.ts'
import { statusErrors } from './checks/status-errors.ts'
import { statusFull } from './checks/status-full.ts'
import { statusLarge } from './checks/status-large.ts'
import { statusNested } from './checks/status-nested.ts'
import { statusNothingNew } from './checks/status-nothing-new.ts'
import { statusRemoved } from './checks/status-removed.ts'
import { statusRepeated } from './checks/status-repeated.ts'
import { statusSameIdentifier } from './checks/status-same-identifier.ts'
import { statusUnknownItems } from './checks/status-unknown-items.ts'
import { statusUnreadable } from './checks/status-unreadable.ts'
import { tokenUpdateAnswered } from './checks/token-update-answered.ts'
import { tokensAnswered } from './checks/tokens-answered.ts'
import { tokensLength } from './checks/tokens-length.ts'
import { tokensStable } from './checks/tokens-stable.ts'
import { tokensTimestamp } from './checks/tokens-timestamp.ts'
import { unknownIdentifier } from './checks/unknown-identifier.ts'
import { unknownKind } from './checks/unknown-kind.ts'

/** All that is examined, in order: some go by what others asked. Those over all that was said come last. */
export const checks: readonly Check[] = [
  authenticateAnswered,
  tokenUpdateAnswered,
  idleAnswered,
  commandsWellFormed,
  commandTimestamp,
  offerComes,
  notNowRests,
  notNowAgain,
  resultAnswered,
  resultTwice,
  sessionEnds,
  tokensAnswered,
  tokensLength,
  tokensTimestamp,
  tokensStable,
  manifestAnswered,
  manifestKeys,
  manifestToken,
  manifestUnique,
  manifestIdentifiers,
  manifestServerTokens,
  manifestStable,
  declarationsAnswered,
  declarationsWellFormed,
  declarationsMatch,
  declarationsKind,
  predicatePlaced,
  declarationsStable,
  referencesListed,
  unknownIdentifier,
  otherKind,
  unknownKind,
  oddIdentifiers,
  statusAnswered,
  statusNested,
  statusUnknownItems,
  statusRepeated,
  statusFull,
  statusSameIdentifier,
  statusNothingNew,
  statusRemoved,
  statusErrors,
  statusUnreadable,
  statusLarge,
  messageUnknown,
  messageMalformed,
  identityMismatch,
  plistBinary,
  contentTypeSuffix,
  bodyTooLarge,
  changeServed,
  changeToken,
  changeSeen,
  never401,
  keepAlive,
  framing,
  noEncoding,
]
