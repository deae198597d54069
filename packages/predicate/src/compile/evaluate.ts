import type { PredicateContext } from '../context/predicate-context.ts'
import { parse } from '../parser/parse.ts'
import { PredicateError } from '../predicate-error.ts'
import { compile } from './compile.ts'
import { failed, type Outcome } from './outcome.ts'

/** Parses, compiles and runs; a predicate that cannot be parsed is an error of stage `parse`. */
export function evaluate(source: string, context: PredicateContext): Outcome {
  try {
    return compile(parse(source))(context)
  } catch (error) {
    if (error instanceof PredicateError) return failed(error)
    throw error
  }
}
