import type { Problem } from '@edict/api'

/** What the program ends with. */
export const EXIT = { ok: 0, problems: 1, usage: 2, unreachable: 3, refused: 4 } as const

/** The command line, a file or a setting is not as it should be. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly code = 'usage'
  readonly remedy: string | undefined

  constructor(message: string, remedy?: string) {
    super(message)
    this.remedy = remedy
  }
}

/** No answer came from the server, or none that means anything. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError'
  readonly code = 'unreachable'
  readonly remedy: string | undefined

  constructor(message: string, remedy?: string, cause?: unknown) {
    super(message, { cause })
    this.remedy = remedy
  }
}

/** The server said no, and why. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError'
  readonly code = 'refused'
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail)
    this.problem = problem
  }
}

/** The exit code for what was thrown; undefined for a bug, which is not an answer to anything. */
export function exitCodeOf(error: unknown): number | undefined {
  if (error instanceof UsageError) return EXIT.usage
  if (error instanceof UnreachableError) return EXIT.unreachable
  if (error instanceof RefusedError) return EXIT.refused
  // What the server and the simulator throw when an option cannot be used.
  if (error instanceof Error && 'code' in error && error.code === 'option-unusable') return EXIT.usage
  return undefined
}
