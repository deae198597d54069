import type { ChangeProblem } from '@edict/api'
import { lintMessage, type Problem, placeOfProblem, writtenJson } from '@edict/core'
import type { Json } from '@edict/protocol'
import { type Finding, findingOf } from './commands/lint/finding.ts'
import { type InFile, RefusedError, UnreadableFile } from './failure.ts'
import { parseJson } from './input.ts'

/** A file with declarations, and which of them is meant. */
export interface DeclarationText {
  readonly path: string
  readonly text: string
  /** JSON pointer to the declaration. */
  readonly within: string
}

/**
 * JSON that somebody wrote.
 *
 * @throws UnreadableFile with the places of what makes it none, and the slips that are known by name
 */
export function readDeclarations(path: string, text: string): Json {
  try {
    return parseJson(text, path)
  } catch (error) {
    const { problems, text: read = text } = lintMessage(new TextEncoder().encode(text), { kind: 'draft' })
    const findings = problems
      .filter(({ severity }) => severity === 'error')
      .map((problem) => findingOf(path, problem, problem.place))
    if (findings.length === 0 || !(error instanceof Error)) throw error
    throw new UnreadableFile(error.message, { findings, text: read })
  }
}

/** Problems of a commit, with their places in the file that was sent. */
export function problemsIn(problems: readonly ChangeProblem[], { path, text, within }: DeclarationText): InFile {
  const written = writtenJson(text, within)
  const findings = problems.map((problem): Finding => {
    const at = problem.at?.replace(/^\/body(?=\/|$)/, '')
    const place = at === undefined || !/^(?:$|\/)/.test(at) ? undefined : placeOfProblem({ ...problem, at }, written)
    return findingOf(path, { ...problem, ...(at === undefined ? {} : { at: `${within}${at}` }) } as Problem, place)
  })
  return { findings, text }
}

/** A refusal with the places in the file that was sent. */
export function refusedIn(error: unknown, file: DeclarationText): unknown {
  if (!(error instanceof RefusedError) || error.problem.status !== 422) return error
  const { problem, hint } = error
  const { detail: message } = problem
  const problems = problem.problems ?? [{ ...problem, message, severity: 'error' as const }]
  return new RefusedError(problem, { inFile: problemsIn(problems, file), hint })
}
