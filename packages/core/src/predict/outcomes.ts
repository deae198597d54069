/** The outcomes that evaluating a predicate can have. */
export type OutcomeWord = (typeof outcomeWords)[number]

const outcomeWords = ['true', 'false', 'error'] as const

/**
 * Every outcome that is possible with what is known, in the order of {@link outcomeWords}: one when all that counts is
 * known, several when it is not. Unknown is not false.
 */
export type Outcomes = readonly OutcomeWord[]

export const ANYTHING: Outcomes = [...outcomeWords]

export function outcomes(words: Iterable<OutcomeWord>): Outcomes {
  const found = new Set(words)
  return outcomeWords.filter((word) => found.has(word))
}

export function isCertain(found: Outcomes, word: OutcomeWord): boolean {
  return found.length === 1 && found[0] === word
}

export function negated(found: Outcomes): Outcomes {
  return outcomes(found.map((word) => (word === 'error' ? 'error' : word === 'true' ? 'false' : 'true')))
}

/**
 * AND (`ends` is false) or OR (`ends` is true): from left to right, up to where the answer is known. What stands further
 * right is not looked at then, and cannot fail.
 */
export function joined(operands: readonly Outcomes[], ends: 'true' | 'false'): Outcomes {
  const found = new Set<OutcomeWord>()
  for (const operand of operands) {
    for (const word of operand) if (word === 'error' || word === ends) found.add(word)
    const goesOn = operand.some((word) => word !== 'error' && word !== ends)
    if (!goesOn) return outcomes(found)
  }
  found.add(ends === 'true' ? 'false' : 'true')
  return outcomes(found)
}
