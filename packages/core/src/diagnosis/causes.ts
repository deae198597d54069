import type { Cause } from './cause.ts'
import { activationListsMissing } from './causes/activation-lists-missing.ts'
import { advertisedNotFound } from './causes/advertised-not-found.ts'
import { allPairsAlreadyKnown } from './causes/all-pairs-already-known.ts'
import { answerEmpty } from './causes/answer-empty.ts'
import { answerFailed } from './causes/answer-failed.ts'
import { assetHostDistrusted } from './causes/asset-host-distrusted.ts'
import { assetRefusesDevice } from './causes/asset-refuses-device.ts'
import { assetUnavailable } from './causes/asset-unavailable.ts'
import { awaitingConfiguration } from './causes/awaiting-configuration.ts'
import { bodyAltered } from './causes/body-altered.ts'
import { channelNotEnabled } from './causes/channel-not-enabled.ts'
import { commandRefused } from './causes/command-refused.ts'
import { configurationWithoutActivation } from './causes/configuration-without-activation.ts'
import { contentChangedUnderSameToken } from './causes/content-changed-under-same-token.ts'
import { declarationDiffers } from './causes/declaration-differs.ts'
import { declarationIncomplete } from './causes/declaration-incomplete.ts'
import { declarationKindDiffers } from './causes/declaration-kind-differs.ts'
import { declarationNotSupported } from './causes/declaration-not-supported.ts'
import { declarationsTokenUnchanged } from './causes/declarations-token-unchanged.ts'
import { engineBackedOff } from './causes/engine-backed-off.ts'
import { enrolledAgainWithoutCommand } from './causes/enrolled-again-without-command.ts'
import { identifierTwice } from './causes/identifier-twice.ts'
import { identifierUnmatched } from './causes/identifier-unmatched.ts'
import { identityRefused } from './causes/identity-refused.ts'
import { keysMisspelt } from './causes/keys-misspelt.ts'
import { manifestArrayMissing } from './causes/manifest-array-missing.ts'
import { manifestKeysExtra } from './causes/manifest-keys-extra.ts'
import { manifestUnreadable } from './causes/manifest-unreadable.ts'
import { noPushToken } from './causes/no-push-token.ts'
import { notFinishedYet } from './causes/not-finished-yet.ts'
import { payloadKeysUnknown } from './causes/payload-keys-unknown.ts'
import { predicateBroken } from './causes/predicate-broken.ts'
import { predicateMisplaced } from './causes/predicate-misplaced.ts'
import { profileStuck } from './causes/profile-stuck.ts'
import { pushNotDelivered } from './causes/push-not-delivered.ts'
import { pushWithoutEffect } from './causes/push-without-effect.ts'
import { statusAnswered204 } from './causes/status-answered-204.ts'
import { statusRefused } from './causes/status-refused.ts'
import { supervisionRequired } from './causes/supervision-required.ts'
import { timestampUnreadable } from './causes/timestamp-unreadable.ts'
import { tokensDiffer } from './causes/tokens-differ.ts'

/** Every cause there is a rule for, in the order of their numbers. */
export const causes: readonly Cause[] = [
  notFinishedYet,
  allPairsAlreadyKnown,
  contentChangedUnderSameToken,
  declarationsTokenUnchanged,
  tokensDiffer,
  timestampUnreadable,
  keysMisspelt,
  manifestArrayMissing,
  manifestKeysExtra,
  manifestUnreadable,
  declarationIncomplete,
  declarationDiffers,
  declarationKindDiffers,
  advertisedNotFound,
  answerFailed,
  engineBackedOff,
  answerEmpty,
  statusAnswered204,
  statusRefused,
  activationListsMissing,
  configurationWithoutActivation,
  declarationNotSupported,
  supervisionRequired,
  channelNotEnabled,
  enrolledAgainWithoutCommand,
  awaitingConfiguration,
  identifierTwice,
  identifierUnmatched,
  bodyAltered,
  identityRefused,
  pushNotDelivered,
  assetUnavailable,
  assetRefusesDevice,
  predicateMisplaced,
  predicateBroken,
  payloadKeysUnknown,
  profileStuck,
  noPushToken,
  pushWithoutEffect,
  assetHostDistrusted,
  commandRefused,
]
