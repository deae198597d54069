import { parse } from '../parser/parse.ts'
import { PredicateError } from '../predicate-error.ts'

/** Why a source does not parse. @throws when it does */
export function refusalOf(source: string): PredicateError {
  try {
    parse(source)
  } catch (error) {
    if (error instanceof PredicateError) return error
    throw error
  }
  throw new Error(`Cannot refuse ${source}: it parses`)
}
