import type { Problem } from '../problem.ts'
import type { Place } from './place.ts'

/** Every code that a check of a message can have. Some are those of a declaration at commit: they say the same. */
export const wireCodes = [
  'body-compressed',
  'body-empty',
  'body-encoding',
  'body-html',
  'body-too-large',
  'byte-order-mark',
  'command-uuid-empty',
  'data-encoded-twice',
  'data-missing',
  'data-unexpected',
  'endpoint-unknown',
  'error-reason-case',
  'full-report-misplaced',
  'identifier-differs',
  'identifier-duplicate',
  'identifier-malformed',
  'identity-malformed',
  'json-double-encoded',
  'json-key-twice',
  'json-limit',
  'json-syntax',
  'key-case',
  'key-missing',
  'key-type',
  'key-unexpected',
  'kind-differs',
  'message-not-asked',
  'message-type-unknown',
  'message-unknown',
  'plist-syntax',
  'predicate-misplaced',
  'quotes-curly',
  'quotes-unescaped',
  'reason-unknown',
  'request-type-unknown',
  'result-unknown',
  'server-token-differs',
  'status-item-dotted',
  'status-item-unknown',
  'status-value-type',
  'timestamp-fraction',
  'timestamp-malformed',
  'token-differs',
  'token-empty',
  'token-too-long',
  'topic-malformed',
  'value-unlisted',
  'wrapper-missing',
] as const

export type WireCode = (typeof wireCodes)[number]

/** What is wrong with a message. `at` is a JSON pointer, also into a property list; `place` is where that stands in the text. */
export interface WireProblem extends Omit<Problem, 'code' | 'at' | 'by'> {
  readonly code: WireCode
  readonly at: string
  /** Absent in a binary property list. */
  readonly place?: Place
}
