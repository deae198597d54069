/**
 * Bounds that keep hostile predicates from hanging or exhausting a process. What lies beyond is refused with a
 * `PredicateError`, never cut short. A consuming service is known to accept 10,000 characters; none needs more than this.
 */
export const limits = {
  /** UTF-16 units of source text. */
  sourceLength: 65_536,
  /** UTF-16 units of a name inside `@status(…)`, `@property(…)` or `@key(…)`. */
  nameLength: 1024,
  /** Levels of nesting in a tree, and in the values that are walked. */
  depth: 128,
  /** Units of work in one evaluation: nodes visited, elements compared, characters matched. */
  steps: 10_000_000,
  /** Instructions of one compiled regular expression, its lookarounds included. */
  regexSize: 10_000,
} as const
