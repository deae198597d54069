export type { App } from './app/app.ts'
export { appsAnswered, tellsOfApps } from './app/apps-answered.ts'
export { appItems, appsReported } from './app/apps-reported.ts'
export { type CohortKey, cohortId, cohortKey } from './assignment/cohort-key.ts'
export { type Membership, NO_MEMBERSHIP } from './assignment/membership.ts'
export { wantedSets } from './assignment/wanted-sets.ts'
export { byCodeUnit, canonical, sha256 } from './canonical.ts'
export { checkCommand } from './command/check-command.ts'
export {
  applies,
  type CommandState,
  commandAnswered,
  commandStates,
  isPending,
  type QueuedCommand,
} from './command/command.ts'
export { CONCEALED, concealed, hasSecretKeys } from './command/conceal.ts'
export { cancelled, confirmed, leftOpen, TIME_TO_LIVE, timedOut } from './command/give-up.ts'
export { destructiveCommands, ENROLLMENT_PROFILE, harmOf } from './command/harm-of.ts'
export { mayStillFetch } from './command/may-still-fetch.ts'
export { isRenewal, needsWakeLater, nextCommand } from './command/next-command.ts'
export { type Condition, type ConditionWord, conditionWords, type Reason } from './condition/condition.ts'
export { judge, type Known } from './condition/judge.ts'
export { type ReportedState, reportStates } from './condition/reported.ts'
export { type ConditionChange, conditionChanges, type ToldConditions, toldOf } from './condition/told.ts'
export {
  type KeyedReference,
  type KeyFor,
  type KeyVariable,
  keyedIn,
  needsKey,
  secretsIn,
  withKeys,
  withoutKeys,
  withSecret,
} from './content/content-key.ts'
export {
  type ContentReference,
  contentPath,
  contentsIn,
  contentsInPlist,
  isContentName,
} from './content/content-reference.ts'
export type { HostedContent } from './content/hosted-content.ts'
export { contentNames, withContent, withoutServer } from './content/named-content.ts'
export {
  isManifestName,
  isPackageName,
  MOST_OF_MANIFEST,
  manifestName,
  PACKAGE_CHUNK,
  type PackageFacts,
  packageFactsIn,
  packageManifest,
} from './content/package-manifest.ts'
export { keyedInPlist, plistSecrets, withKeysFor, withPlistKeys } from './content/plist-keys.ts'
export { recompiled } from './content/recompiled.ts'
export { canonicalFlaws } from './declaration/canonical-flaws.ts'
export { type CheckOptions, checkDeclaration } from './declaration/check.ts'
export { checkDeclarations, type TogetherOptions } from './declaration/check-declarations.ts'
export { checkProperties } from './declaration/check-properties.ts'
export {
  ACTIVATION_TYPE,
  type DeclarationVersion,
  PROPERTIES_TYPE,
  payloadOf,
  RESERVED_PREFIX,
  SUBSCRIPTION_TYPE,
} from './declaration/declaration.ts'
export { type Draft, versionOf } from './declaration/draft.ts'
export { ORGANIZATION, OWN_PROPERTIES, SUBSCRIPTION, SUBSCRIPTION_ACTIVATION } from './declaration/generated.ts'
export { predicateItems, predicateItemsOn } from './declaration/predicate-items.ts'
export { type ReadDraft, readDraft } from './declaration/read-draft.ts'
export { type Reference, references } from './declaration/references.ts'
export { type Content, serverToken } from './declaration/server-token.ts'
export {
  type Assignment,
  type AssignmentChannel,
  type Declared,
  type MinimumOS,
  NOTHING_DECLARED,
  type Settings,
} from './declared.ts'
export type { Captured, CaptureProblem, ReadCapture } from './diagnosis/capture/captured.ts'
export { type Conversation, Listener } from './diagnosis/capture/conversations.ts'
export { endpointOf } from './diagnosis/capture/endpoint-of.ts'
export { readRecord } from './diagnosis/capture/read-record.ts'
export type { Basis, Observation, Weight } from './diagnosis/cause.ts'
export { causes } from './diagnosis/causes.ts'
export { type Diagnosis, diagnose, type RankedCause } from './diagnosis/diagnose.ts'
export { manifestChanges } from './diagnosis/manifest-changes.ts'
export { shownBody } from './diagnosis/shown-body.ts'
export { type Stage, stageSentences, stages } from './diagnosis/stage.ts'
export {
  codeOf,
  HEALTHY,
  nextLook,
  type Standing,
  settle,
  UNEXPLAINED,
  type Verdict,
  verdictOf,
} from './diagnosis/standing.ts'
export type { Answered, ManifestChanges, ReportChanges, TraceEntry, TraceKind } from './diagnosis/trace-entry.ts'
export { ineligible } from './eligibility/available.ts'
export { canDeclare } from './eligibility/can-declare.ts'
export type { CapabilitiesByHash, Eligibility, Target } from './eligibility/eligibility.ts'
export { targetName } from './eligibility/target-name.ts'
export { asExpected, configured, type Expectation } from './enrollment/as-expected.ts'
export { authenticate, NOWHERE, type ProfileOrigin, periodEnded, type Unplaced } from './enrollment/authenticate.ts'
export { checkOut } from './enrollment/check-out.ts'
export { type AccountMode, accountModes, type EnrolledAccount } from './enrollment/enrolled-account.ts'
export {
  type Enrollment,
  eligibilityOf,
  type Facts,
  type Imported,
  type PushTarget,
  type Terms,
} from './enrollment/enrollment.ts'
export { firstSeen, importChannel, isUnseen, type KnownElsewhere } from './enrollment/import-channel.ts'
export { mayReturnToService } from './enrollment/may-return-to-service.ts'
export { requiredUpdate } from './enrollment/required-update.ts'
export { namesOf, tokenUpdate, userChannel } from './enrollment/token-update.ts'
export { type ExplainGround, explain } from './explain/explain.ts'
export type { Explanation, Given, SetSource } from './explain/explanation.ts'
export type { FleetChannel, ShortDiagnosis } from './fleet/fleet-channel.ts'
export { type FleetEntry, fleetEntries } from './fleet/fleet-entries.ts'
export { FleetTally } from './fleet/fleet-tally.ts'
export { type FleetPart, fleetWord, fleetWords, partOf } from './fleet/fleet-word.ts'
export type { Instant } from './instant.ts'
export { type CohortManifest, cohortManifest } from './manifest/cohort-manifest.ts'
export { generation, type Rendered, type Templates } from './manifest/generation.ts'
export { impliedBy } from './manifest/implied.ts'
export type {
  Body,
  Cause,
  CommonHalf,
  CommonItem,
  Generation,
  Item,
  LeftOut,
  OwnGround,
  OwnValues,
} from './manifest/manifest.ts'
export { subscribedItems } from './manifest/subscribed-items.ts'
export {
  commonToken,
  declarationsToken,
  halves,
  inCanonicalOrder,
  type OwnTokens,
  ownToken,
  type TokenParts,
} from './manifest/token.ts'
export { applyEdit, withAssignment, withoutAssignment } from './plan/apply.ts'
export type { Cohort, CohortChange } from './plan/cohort.ts'
export type { Edit } from './plan/edit.ts'
export { type Move, type Placed, type Placement, place } from './plan/place.ts'
export { capabilitiesOf, type Ground, type Plan, plan, recompute } from './plan/plan.ts'
export { claimConflict, type PropertyClaim, propertyConflict } from './plan/property-conflicts.ts'
export { reachProblems } from './plan/reach.ts'
export type { Difference, Turn } from './predict/compare.ts'
export { type DeviceFacts, givenItem, type ItemAnswer, type ItemFact } from './predict/device-facts.ts'
export type { HeldDeclaration } from './predict/held-declaration.ts'
export type { Activity } from './predict/influences.ts'
export type { OutcomeWord } from './predict/outcomes.ts'
export type { WeighedPart } from './predict/parts.ts'
export {
  type Because,
  becauseCodes,
  type Ground as PredictionGround,
  type PredictedActivation,
  type PredictedConfiguration,
  type Prediction,
  predict,
} from './predict/predict.ts'
export type { Origin } from './predict/reading.ts'
export { decidingNode, type WeighedNode, type WeighedPredicate } from './predict/weigh.ts'
export { type Situation, whatIf } from './predict/what-if.ts'
export { withValues } from './predict/with-values.ts'
export {
  blocks,
  isOverridable,
  overridden,
  type Problem,
  type ProblemCode,
  problemCodes,
  refusal,
  warning,
} from './problem.ts'
export { type Again, type Attempted, pushAgain } from './push/again.ts'
export { CIRCUIT_PROBES, CIRCUIT_REMEMBERS, circuitRest, type Refusals, tripsCircuit } from './push/circuit.ts'
export { type ExpiryWarning, expiryWarning, expiryWarnings } from './push/expiry.ts'
export { type Gone, withoutToken } from './push/retire.ts'
export { isLapDay, secondPushAt } from './push/silent.ts'
export {
  isAboutCertificate,
  type PushAnswer,
  type PushVerdict,
  pushVerdict,
  type RefusalCause,
} from './push/verdict.ts'
export { type Asked, answerFor, STALE_AFTER, type StatusAnswer, statusAnswers } from './status/answer.ts'
export { factsReported, gates } from './status/facts-reported.ts'
export { type ReportedItem, reportedItems } from './status/flatten.ts'
export { CAPABILITIES_ITEM, DECLARATIONS_ITEM, mergeStatus, type StatusChange } from './status/merge.ts'
export { behind } from './sync/behind.ts'
export { itemsAnswered, servedFrom } from './sync/collect.ts'
export { isOffer, type Occasion, offerAnswered, offered, offerFor, tokensAnswered } from './sync/offer.ts'
export { FRESH, type Offer, type Said, type Sync } from './sync/sync.ts'
export { changedAt, wantedSince } from './sync/timestamp.ts'
export { isToldAgain } from './sync/told-again.ts'
export { type Particulars, particularsOf, particularsToken } from './variable/particulars.ts'
export { textParts } from './variable/variable.ts'
export { wakeTarget } from './wake/due.ts'
export { DELIVERY_PATIENCE, deliverAgain, type Undelivered } from './webhook/again.ts'
export { RESTS_AFTER, receiverRest } from './webhook/rest.ts'
export { type DeliveryVerdict, deliveryVerdict } from './webhook/verdict.ts'
export { type Linted, lintMessage } from './wire/lint-message.ts'
export { type Hint, jsonKinds, type MessageKind, messageNames, plistKinds } from './wire/message.ts'
export type { Place } from './wire/place.ts'
export { placeOfProblem, type Written, writtenJson } from './wire/place-of-problem.ts'
export { LARGEST } from './wire/rules/body-too-large.ts'
export { wireRules } from './wire/rules.ts'
export { type WireCode, type WireProblem, wireCodes } from './wire/wire-problem.ts'
export type { WireRule } from './wire/wire-rule.ts'
