/** Something that stands where a wall should be: where it is, what it is, and what to do instead. */
export interface Problem {
  readonly rule: string
  readonly path: string
  readonly line: number
  readonly column: number
  readonly message: string
}

/** One line an editor can jump to. */
export function formatProblem(problem: Problem): string {
  return `${problem.path}:${problem.line}:${problem.column}  ${problem.rule}\n    ${problem.message}`
}
