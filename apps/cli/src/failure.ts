import type { Problem } from '@edict/api'
import type { Finding } from './commands/lint/finding.ts'

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

/** What is wrong in a file, and its text to show the places in. */
export interface InFile {
  readonly findings: readonly Finding[]
  readonly text: string
}

/** A file that cannot be read as what it should be. */
export class UnreadableFile extends UsageError {
  readonly inFile: InFile

  constructor(message: string, inFile: InFile) {
    super(message)
    this.inFile = inFile
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
  /** The same in the file that was sent. */
  readonly inFile: InFile | undefined
  /** What else can be done. */
  readonly hint: string | undefined

  constructor(
    problem: Problem,
    more: { readonly inFile?: InFile | undefined; readonly hint?: string | undefined } = {},
  ) {
    super(problem.detail)
    this.problem = problem
    this.inFile = more.inFile
    this.hint = more.hint
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
