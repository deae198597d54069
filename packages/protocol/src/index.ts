export { type Authenticate, decodeAuthenticate, encodeAuthenticate } from './checkin/authenticate.ts'
export { type CheckIn, decodeCheckIn, encodeCheckIn } from './checkin/check-in.ts'
export { type CheckOut, decodeCheckOut, encodeCheckOut } from './checkin/check-out.ts'
export {
  type DeclarativeManagement,
  decodeDeclarativeManagement,
  encodeDeclarativeManagement,
} from './checkin/declarative-management.ts'
export {
  decodeGetBootstrapToken,
  decodeGetBootstrapTokenReply,
  encodeGetBootstrapToken,
  encodeGetBootstrapTokenReply,
  type GetBootstrapToken,
  type GetBootstrapTokenReply,
} from './checkin/get-bootstrap-token.ts'
export {
  decodeGetToken,
  decodeGetTokenReply,
  encodeGetToken,
  encodeGetTokenReply,
  type GetToken,
  type GetTokenReply,
  type TokenParameters,
} from './checkin/get-token.ts'
export {
  decodeReturnToService,
  decodeReturnToServiceReply,
  encodeReturnToService,
  encodeReturnToServiceReply,
  type ReturnToService,
  type ReturnToServiceConfiguration,
  type ReturnToServiceReply,
} from './checkin/return-to-service.ts'
export {
  decodeSetBootstrapToken,
  encodeSetBootstrapToken,
  type SetBootstrapToken,
} from './checkin/set-bootstrap-token.ts'
export { decodeTokenUpdate, encodeTokenUpdate, type TokenUpdate } from './checkin/token-update.ts'
export {
  decodeUserAuthenticate,
  decodeUserAuthenticateReply,
  encodeUserAuthenticate,
  encodeUserAuthenticateReply,
  type UserAuthenticate,
  type UserAuthenticateReply,
} from './checkin/user-authenticate.ts'
export { type Command, decodeCommand, encodeCommand } from './connect/command.ts'
export {
  type CommandResult,
  type ConnectIdle,
  type ConnectMessage,
  type ConnectStatus,
  decodeConnect,
  encodeConnect,
} from './connect/connect-message.ts'
export { declarativeManagementCommand } from './connect/declarative-management-command.ts'
export type { ErrorChainItem } from './connect/error-chain.ts'
export { type ClientCapabilities, readClientCapabilities } from './ddm/client-capabilities.ts'
export { type Declaration, decodeDeclaration, encodeDeclaration } from './ddm/declaration.ts'
export {
  type DeclarationItemsResponse,
  decodeDeclarationItems,
  encodeDeclarationItems,
  type ManifestItem,
} from './ddm/declaration-items.ts'
export { type DeclarationState, readDeclarationStates } from './ddm/declaration-states.ts'
export { decodeJson, type JsonOptions } from './ddm/decode-json.ts'
export { encodeJson } from './ddm/encode-json.ts'
export { isRemoved } from './ddm/is-removed.ts'
export { isJsonObject, type Json, type JsonObject } from './ddm/json.ts'
export type { ParsingMode } from './ddm/parsing-mode.ts'
export { readStatusReasons, reasonIdentifiers, type StatusReason } from './ddm/status-reason.ts'
export {
  decodeStatusReport,
  encodeStatusReport,
  type StatusError,
  type StatusErrorReason,
  type StatusReport,
} from './ddm/status-report.ts'
export { parseTimestamp, timestamp } from './ddm/timestamp.ts'
export { decodeTokensResponse, encodeTokensResponse, type TokensResponse } from './ddm/tokens.ts'
export { type DeclarationKind, declarationKinds } from './declaration-kind.ts'
export { type Endpoint, formatEndpoint, parseEndpoint } from './endpoint.ts'
export {
  decodeEnrollmentError,
  type EncodedEnrollmentError,
  type EnrollmentError,
  encodeEnrollmentError,
} from './enroll/enrollment-error.ts'
export { decodeMachineInfo, encodeMachineInfo, type MachineInfo } from './enroll/machine-info.ts'
export { ProtocolError, type ProtocolEvidence } from './errors.ts'
export { type EnrollmentIdentity, enrollmentIdentity, sharedIPadUserID } from './identity.ts'
export type { IdentityKeys } from './identity-keys.ts'
export { decodePlist } from './plist/decode-plist.ts'
export { encodePlist } from './plist/encode-plist.ts'
export { PlistError, type PlistPlace } from './plist/plist-error.ts'
export { isPlistDict, type PlistDict, PlistReal, type PlistValue } from './plist/plist-value.ts'
