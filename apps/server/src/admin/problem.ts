import { CommandJsonError, PROBLEM_TYPE, type Problem, type ProblemCode, problemStatus } from '@edict/api'
import type { Problem as ChangeProblem } from '@edict/core'
import { ProtocolError } from '@edict/protocol'
import { StoreUnavailable } from '@edict/store'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refused, RevisionMoved } from '../operations/refused.ts'
import { isSlip, placedIn, unreadable } from './written.ts'

/** A request of an administrator that is answered with a problem document. */
export class AdminError extends Error {
  readonly code: ProblemCode
  readonly evidence: Evidence

  constructor(code: ProblemCode, message: string, evidence: Evidence = {}) {
    super(message)
    this.code = code
    this.evidence = evidence
  }
}

type Evidence = Partial<Pick<Problem, 'at' | 'line' | 'column' | 'found' | 'expected' | 'remedy' | 'by' | 'problems'>>

const titles: { readonly [Code in ProblemCode]?: string } = {
  'revision-moved': 'It changed meanwhile',
  'change-refused': 'The change is refused',
  'conflict-properties': 'A property would come from two sources',
  'store-unavailable': 'The database cannot be reached',
}

/** What was thrown, as a problem document: the one bridge from inside to the wire. */
export function problemOf(error: unknown): Problem {
  if (error instanceof AdminError) return document(error.code, error.message, error.evidence)
  if (error instanceof Refused) return refused(error.problems)
  if (error instanceof RevisionMoved) {
    const { found, expected } = error
    const evidence = {
      at: 'If-Match',
      found,
      expected: `"${expected}"`,
      remedy: 'look at what changed, and send it again with the new revision',
    }
    return document('revision-moved', error.message, evidence)
  }
  if (error instanceof CommandJsonError) {
    const { at, found, expected } = error
    return document(error.code, error.message, { at, found, expected })
  }
  if (error instanceof ProtocolError) {
    const { at, found, expected } = error
    const evidence = {
      ...(at === undefined ? {} : { at }),
      ...(found === undefined ? {} : { found }),
      ...(expected === undefined ? {} : { expected }),
    }
    return document('request-malformed', error.message, evidence)
  }
  if (error instanceof StoreUnavailable) return document('store-unavailable', error.message, { remedy: 'try again' })
  return fromStatus(error) ?? document('internal-error', 'Cannot answer: the server failed; its log says why')
}

/** A problem document with line and column of what it is about in the body of the request. */
export function placedProblem(problem: Problem, request: FastifyRequest): Problem {
  const flaw = problem.code === 'request-malformed' ? unreadable(request) : undefined
  if (flaw !== undefined) {
    const { code, message, place, found, expected, remedy } = flaw
    const evidence = {
      ...(found === undefined ? {} : { found }),
      ...(expected === undefined ? {} : { expected }),
      ...(remedy === undefined ? {} : { remedy }),
      ...(place === undefined ? {} : { line: place.line, column: place.column }),
    }
    // The slips of a slide are known by name; of others the document says already what it is.
    return isSlip(code) ? document('request-malformed', message, evidence, code) : { ...problem, ...evidence }
  }
  const placed = placedIn(request)
  const { problems } = problem
  return { ...placed(problem), ...(problems === undefined ? {} : { problems: problems.map(placed) }) }
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.status === 503) reply.header('retry-after', '10')
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer')
  return reply.code(problem.status).type(PROBLEM_TYPE).send(JSON.stringify(problem))
}

/** Several problems of a change are listed; the document itself speaks of the first. */
function refused(problems: readonly ChangeProblem[]): Problem {
  const first = problems[0]
  if (first === undefined) return document('change-refused', 'Cannot make this change')
  const { severity: _severity, code, message, ...evidence } = first
  const own = code in problemStatus ? (code as ProblemCode) : 'change-refused'
  const listed = problems.length > 1 || own !== code ? { problems: [...problems] } : {}
  return document(
    own,
    message,
    { ...evidence, ...(evidence.by === undefined ? {} : { by: [...evidence.by] }), ...listed },
    code,
  )
}

function document(code: ProblemCode, detail: string, evidence: Evidence = {}, named: string = code): Problem {
  return {
    type: 'about:blank',
    title: titles[code] ?? code.replaceAll('-', ' '),
    status: problemStatus[code],
    code: named,
    detail,
    ...evidence,
  }
}

const statusCodes: ReadonlyMap<number, ProblemCode> = new Map([
  [413, 'body-too-large'],
  [415, 'media-type-unsupported'],
  [400, 'request-malformed'],
])

/** What the HTTP library refused by itself. */
function fromStatus(error: unknown): Problem | undefined {
  if (!(error instanceof Error) || !('statusCode' in error) || typeof error.statusCode !== 'number') return undefined
  if (error.statusCode >= 500) return undefined
  return document(statusCodes.get(error.statusCode) ?? 'request-malformed', error.message)
}
