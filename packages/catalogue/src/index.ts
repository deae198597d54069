/**
 * What Apple's device-management schema says, as facts: which declarations, status items, commands, check-ins and reason
 * codes there are, where each can be used, and what each holds. Names, types and versions only; what they are for is told by
 * Apple's documentation.
 *
 * The tables in `generated/` come from `npm run generate -- --schema PATH`, with PATH a checkout of Apple's
 * `device-management` repository. Nothing here needs that checkout; `--check` says whether the tables still match it.
 * Importing this package is cheap: payload tables are only built when they are asked for.
 */
export type {
  Availability,
  ByPlatform,
  CommandAvailability,
  EnrollmentKind,
  KeyAvailability,
  Lifetime,
  Mode,
  Requirements,
  Scope,
  SharedIPadRequirements,
} from './availability.ts'
export { checkIns } from './check-ins.ts'
export type { CheckInFacts, CommandFacts } from './command-facts.ts'
export { commands } from './commands.ts'
export { compareVersions } from './compare-versions.ts'
export type { AssetReference, DeclarationFacts, DeclarationKind, PayloadPath } from './declaration-facts.ts'
export { declarationTypes } from './declaration-types.ts'
export { type Ended, endedCommands } from './ended-commands.ts'
export type { DeclarationType, RequestType, StatusItemName } from './generated/names.ts'
export { kindOf } from './kind-of.ts'
export { nearest } from './nearest.ts'
export {
  checkInMessage,
  checkInResponse,
  commandPayload,
  commandResponse,
  declarationPayload,
  statusItemValue,
} from './payloads.ts'
export { type Platform, platforms } from './platform.ts'
export { platformOfProduct } from './platform-of-product.ts'
export { reasonCodes } from './reason-codes.ts'
export type { ReasonDetail, ReasonFacts } from './reason-facts.ts'
export { schemaRelease } from './schema-release.ts'
export type { StatusItemFacts } from './status-item-facts.ts'
export { statusItems } from './status-items.ts'
export type { CombineType, KeyTable, Range, ValueFacts, ValueType } from './value-facts.ts'
