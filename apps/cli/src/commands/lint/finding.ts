import type { MessageKind, Place, Problem, WireProblem } from '@edict/core'

/** A problem and the file that it is in. */
export interface Finding {
  readonly path: string
  /** Absent in octets that are no text. */
  readonly place?: Place
  readonly severity: 'error' | 'warning'
  readonly code: string
  readonly message: string
  /** JSON pointer. */
  readonly at?: string
  readonly found?: unknown
  readonly expected?: string
  readonly remedy?: string
  readonly by?: readonly string[]
}

/** A file that was looked at. */
export interface Looked {
  readonly path: string
  readonly kind: MessageKind | 'unknown'
  /** Absent when the octets are no text. */
  readonly text?: string
}

export interface Report {
  readonly files: readonly Looked[]
  readonly findings: readonly Finding[]
}

export function findingOf(path: string, problem: Problem | WireProblem, place: Place | undefined): Finding {
  const { code, severity, message, at, found, expected, remedy } = problem
  const by = 'by' in problem ? problem.by : undefined
  return {
    path,
    ...(place === undefined ? {} : { place }),
    severity,
    code,
    message,
    ...(at === undefined ? {} : { at }),
    ...(found === undefined ? {} : { found }),
    ...(expected === undefined ? {} : { expected }),
    ...(remedy === undefined ? {} : { remedy }),
    ...(by === undefined ? {} : { by }),
  }
}

/** By file, in the order in which they were looked at, and by place. */
export function inOrder(findings: readonly Finding[], files: readonly Looked[]): readonly Finding[] {
  const order = new Map(files.map(({ path }, index) => [path, index]))
  const rank = ({ path }: Finding) => order.get(path) ?? 0
  return findings.toSorted((a, b) => rank(a) - rank(b) || line(a) - line(b) || column(a) - column(b))
}

function line({ place }: Finding): number {
  return place?.line ?? 0
}

function column({ place }: Finding): number {
  return place?.column ?? 0
}
