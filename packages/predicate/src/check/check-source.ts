import { parse } from '../parser/parse.ts'
import { PredicateError } from '../predicate-error.ts'
import { check } from './check.ts'
import type { ParseCode } from './predicate-codes.ts'
import type { PredicateProblem } from './problem.ts'
import type { StatusItemTable } from './status-item-table.ts'
import { undamaged } from './undamaged.ts'

/** What one service takes at most; none is known to take more. */
const SERVICE_LIMIT = 10_000

/**
 * All problems of a source: that it cannot be parsed (with a repair, where the source was damaged by copying or by escaping
 * and there is one), or all that `check` finds, and that it is longer than services take.
 */
export function checkSource(source: string, items: StatusItemTable): readonly PredicateProblem[] {
  try {
    return [...tooLong(source), ...check(parse(source), items)]
  } catch (error) {
    if (error instanceof PredicateError) return [unparsable(source, error)]
    throw error
  }
}

function tooLong(source: string): readonly PredicateProblem[] {
  if (source.length <= SERVICE_LIMIT) return []
  return [
    {
      code: 'length-limit',
      severity: 'warning',
      message: `Cannot rely on so long a predicate: it has ${source.length} characters, and services are known to refuse more than ${SERVICE_LIMIT}`,
      at: { offset: 0, line: 1, column: 1 },
      found: `${source.length} characters`,
      expected: `at most ${SERVICE_LIMIT}`,
    },
  ]
}

function unparsable(source: string, { code, message, at, found, expected }: PredicateError): PredicateProblem {
  const repaired = repair(source)
  return {
    // What is thrown while parsing is made with one of these only.
    code: code as ParseCode,
    severity: 'error',
    message,
    at,
    ...(found !== undefined && { found }),
    ...(expected !== undefined && { expected }),
    ...(repaired !== undefined && { rewrite: repaired }),
  }
}

/** The source without traces of typographic quotes, HTML or JSON, if that is a predicate. */
function repair(source: string): string | undefined {
  const clean = undamaged(source)
  if (clean === source) return undefined
  try {
    parse(clean)
    return clean
  } catch (error) {
    if (error instanceof PredicateError) return undefined
    throw error
  }
}
