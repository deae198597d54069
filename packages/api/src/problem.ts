import { type Static, Type } from 'typebox'
import type { Immutable } from './immutable.ts'

const evidence = {
  at: Type.Optional(Type.String({ description: 'JSON pointer into what was sent, or another place' })),
  found: Type.Optional(Type.Unknown()),
  expected: Type.Optional(Type.String()),
  remedy: Type.Optional(Type.String({ description: 'What to do about it' })),
  by: Type.Optional(Type.Array(Type.String(), { description: 'Who uses it, or the parties to a conflict' })),
  line: Type.Optional(Type.Integer({ description: 'Line of the request body, from 1' })),
  column: Type.Optional(Type.Integer({ description: 'Column there, from 1, in UTF-16 code units' })),
}

/** One thing that is wrong with a change, or worth knowing about it. */
export const ChangeProblem = Type.Object({
  code: Type.String(),
  severity: Type.Enum(['error', 'warning']),
  message: Type.String(),
  ...evidence,
  overridden: Type.Optional(Type.Boolean({ description: 'An error, but for the override' })),
})
export type ChangeProblem = Immutable<Static<typeof ChangeProblem>>

/**
 * A refusal, sent as `application/problem+json`. With several problems, `problems` lists them all and the document itself
 * speaks of the first.
 *
 * @see RFC 9457
 */
export const Problem = Type.Object({
  type: Type.String({ description: '`about:blank`, or a page about this code' }),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.String({ description: 'Stable name of what is wrong' }),
  detail: Type.String(),
  ...evidence,
  problems: Type.Optional(Type.Array(ChangeProblem)),
})
export type Problem = Immutable<Static<typeof Problem>>

/** The media type of a {@link Problem}. */
export const PROBLEM_TYPE = 'application/problem+json'

/**
 * The code of every problem document that is not the code of a change's problem, with its status. A change's own problems
 * (`reference-missing`, `unknown-status-item`, …) come with 422, conflicts and what is in use with 409, what is not there
 * with 404.
 */
export const problemStatus = {
  'request-malformed': 400,
  'admin-token-missing': 401,
  'admin-token-wrong': 401,
  'route-unknown': 404,
  'declaration-missing': 404,
  'set-missing': 404,
  'group-missing': 404,
  'enrollment-missing': 404,
  'assignment-missing': 404,
  'invitation-missing': 404,
  'secret-missing': 404,
  'account-missing': 404,
  'command-missing': 404,
  'content-missing': 404,
  'number-unknown': 404,
  'webhook-missing': 404,
  'delivery-missing': 404,
  'method-not-allowed': 405,
  'conflict-properties': 409,
  'declaration-in-use': 409,
  'set-in-use': 409,
  'group-in-use': 409,
  'move-incompatible': 409,
  'enrollment-not-enrolled': 409,
  'command-finished': 409,
  'content-in-use': 409,
  'account-exists': 409,
  'public-url-missing': 409,
  'webhooks-too-many': 409,
  'secret-unopened': 409,
  'push-key-missing': 409,
  'push-topic-differs': 409,
  'revision-moved': 412,
  'body-too-large': 413,
  'media-type-unsupported': 415,
  'change-refused': 422,
  'account-unsuitable': 422,
  'password-unsuitable': 422,
  'command-malformed': 422,
  'push-certificate-unusable': 422,
  'webhook-url-unsuitable': 422,
  'headers-too-large': 431,
  'internal-error': 500,
  'store-unavailable': 503,
} as const satisfies Record<string, number>

export type ProblemCode = keyof typeof problemStatus
