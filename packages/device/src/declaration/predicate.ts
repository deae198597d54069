import { compile, type Outcome, type PredicateContext, PredicateError, parse, statusNames } from '@edict/predicate'
import { interned } from '../interned.ts'

interface Compiled {
  run(context: PredicateContext): Outcome
  /** The names inside `@status(…)`. */
  readonly statusNames: readonly string[]
}

/** Compiled once for all devices of the process. */
export const compiledPredicate = interned((source: string): Compiled => {
  try {
    const tree = parse(source)
    return { run: compile(tree), statusNames: statusNames(tree) }
  } catch (error) {
    if (!(error instanceof PredicateError)) throw error
    const { stage, code, message, at } = error
    return { run: () => ({ kind: 'error', stage, code, message, at }), statusNames: [] }
  }
})
