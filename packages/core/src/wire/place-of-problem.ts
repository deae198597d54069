import type { Problem } from '../problem.ts'
import { jsonLocator, type Locate } from './locate.ts'
import type { Place } from './place.ts'
import { placeInString } from './place-in-string.ts'

/** A text that a problem is in. */
export interface Written {
  readonly locate: Locate
  /** JSON as it was read, for places inside of its strings; undefined when it is no JSON. */
  readonly text: string | undefined
  /** JSON pointer to the declaration, where the text has others too. */
  readonly within?: string
}

/** JSON text as something that problems are in. */
export function writtenJson(text: string, within = ''): Written {
  return { locate: jsonLocator(text), text, within }
}

/**
 * Line and column of a problem whose `at` is a JSON pointer, perhaps followed by line and column inside the string there, as
 * problems of predicates have it. Of what is missing it is the place of what should hold it.
 */
export function placeOfProblem(
  problem: Pick<Problem, 'at' | 'found'> & { readonly code: string },
  { locate, text, within = '' }: Written,
): Place | undefined {
  const [, pointer = '', line, column] = /^(.*?)(?::(\d+):(\d+))?$/s.exec(problem.at ?? '') ?? []
  const start = locate(`${within}${pointer}`, problem.found === lastStep(pointer) || atKeys.has(problem.code))
  if (start === undefined || line === undefined || text === undefined) return start
  return placeInString(text, start, { line: Number(line), column: Number(column ?? 1) })
}

/** What is wrong with these is where they are. */
const atKeys: ReadonlySet<string> = new Set<Problem['code']>(['predicate-misplaced'])

function lastStep(pointer: string): string {
  return pointer
    .slice(pointer.lastIndexOf('/') + 1)
    .replaceAll('~1', '/')
    .replaceAll('~0', '~')
}
