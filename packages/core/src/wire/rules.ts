import { bodyCompressed } from './rules/body-compressed.ts'
import { bodyEmpty } from './rules/body-empty.ts'
import { bodyEncoding } from './rules/body-encoding.ts'
import { bodyHtml } from './rules/body-html.ts'
import { bodyTooLarge } from './rules/body-too-large.ts'
import { byteOrderMark } from './rules/byte-order-mark.ts'
import { commandUuidEmpty } from './rules/command-uuid-empty.ts'
import { dataEncodedTwice } from './rules/data-encoded-twice.ts'
import { dataMissing } from './rules/data-missing.ts'
import { dataUnexpected } from './rules/data-unexpected.ts'
import { endpointUnknown } from './rules/endpoint-unknown.ts'
import { errorReasonCase } from './rules/error-reason-case.ts'
import { fullReportMisplaced } from './rules/full-report-misplaced.ts'
import { identifierDiffers } from './rules/identifier-differs.ts'
import { identifierDuplicate } from './rules/identifier-duplicate.ts'
import { identifierMalformed } from './rules/identifier-malformed.ts'
import { identityMalformed } from './rules/identity-malformed.ts'
import { jsonDoubleEncoded } from './rules/json-double-encoded.ts'
import { jsonKeyTwice } from './rules/json-key-twice.ts'
import { jsonLimit } from './rules/json-limit.ts'
import { jsonSyntax } from './rules/json-syntax.ts'
import { keyCase } from './rules/key-case.ts'
import { keyMissing } from './rules/key-missing.ts'
import { keyType } from './rules/key-type.ts'
import { keyUnexpected } from './rules/key-unexpected.ts'
import { kindDiffers } from './rules/kind-differs.ts'
import { messageNotAsked } from './rules/message-not-asked.ts'
import { messageTypeUnknown } from './rules/message-type-unknown.ts'
import { messageUnknown } from './rules/message-unknown.ts'
import { plistSyntax } from './rules/plist-syntax.ts'
import { predicateMisplaced } from './rules/predicate-misplaced.ts'
import { quotesCurly } from './rules/quotes-curly.ts'
import { quotesUnescaped } from './rules/quotes-unescaped.ts'
import { reasonUnknown } from './rules/reason-unknown.ts'
import { requestTypeUnknown } from './rules/request-type-unknown.ts'
import { resultUnknown } from './rules/result-unknown.ts'
import { serverTokenDiffers } from './rules/server-token-differs.ts'
import { statusItemDotted } from './rules/status-item-dotted.ts'
import { statusItemUnknown } from './rules/status-item-unknown.ts'
import { statusValueType } from './rules/status-value-type.ts'
import { timestampFraction } from './rules/timestamp-fraction.ts'
import { timestampMalformed } from './rules/timestamp-malformed.ts'
import { tokenDiffers } from './rules/token-differs.ts'
import { tokenEmpty } from './rules/token-empty.ts'
import { tokenTooLong } from './rules/token-too-long.ts'
import { topicMalformed } from './rules/topic-malformed.ts'
import { valueUnlisted } from './rules/value-unlisted.ts'
import { wrapperMissing } from './rules/wrapper-missing.ts'
import type { BodyRule, JsonRule, PlistRule, ShapeRule, WireRule } from './wire-rule.ts'

/** Checks of octets that may be anything. */
export const octetRules: readonly BodyRule[] = [bodyTooLarge, bodyEmpty, bodyCompressed]

/** Checks of octets that should be text. */
export const textRules: readonly BodyRule[] = [bodyHtml, bodyEncoding, byteOrderMark]

/** What is found while reading, and while telling what was read. */
const readingRules: readonly WireRule[] = [
  jsonSyntax,
  quotesCurly,
  quotesUnescaped,
  jsonLimit,
  jsonDoubleEncoded,
  jsonKeyTwice,
  plistSyntax,
  messageUnknown,
  messageNotAsked,
]

/** Checks of the shape that a message of its kind has. */
export const shapeRules: readonly ShapeRule[] = [keyCase, keyMissing, keyType, keyUnexpected, valueUnlisted]

export const jsonRules: readonly JsonRule[] = [
  wrapperMissing,
  tokenEmpty,
  tokenTooLong,
  timestampFraction,
  timestampMalformed,
  tokenDiffers,
  identifierMalformed,
  identifierDuplicate,
  identifierDiffers,
  kindDiffers,
  serverTokenDiffers,
  predicateMisplaced,
  fullReportMisplaced,
  errorReasonCase,
  reasonUnknown,
  statusItemDotted,
  statusItemUnknown,
  statusValueType,
]

export const plistRules: readonly PlistRule[] = [
  requestTypeUnknown,
  commandUuidEmpty,
  dataEncodedTwice,
  messageTypeUnknown,
  identityMalformed,
  endpointUnknown,
  dataMissing,
  dataUnexpected,
  topicMalformed,
  resultUnknown,
]

/** Every check of a message. */
export const wireRules: readonly WireRule[] = [
  ...octetRules,
  ...textRules,
  ...readingRules,
  ...shapeRules,
  ...jsonRules,
  ...plistRules,
]
