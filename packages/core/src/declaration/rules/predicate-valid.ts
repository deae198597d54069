import { statusItems } from '@edict/catalogue'
import { check, PredicateError, type PredicateProblem, parse } from '@edict/predicate'
import { type Problem, refusal, warning } from '../../problem.ts'
import type { Rule } from '../rule.ts'

const AT = '/Payload/Predicate'

/**
 * A predicate parses, names known status items, and leaves no precedence to chance. A device would report
 * Error.UnableToParsePredicate or Error.UnableToEvaluatePredicate and keep the activation inactive.
 *
 * @see apple:declarative/declarations/activations/simple.yaml (Predicate)
 */
export const predicateValid: Rule = ({ draft, version }) => {
  const source = version.kind === 'activation' ? draft.payload.Predicate : undefined
  if (source === undefined) return []
  if (typeof source !== 'string') {
    const evidence = { at: AT, found: source, expected: 'a string in NSPredicate syntax' }
    return [refusal('predicate-invalid', `Cannot read Predicate: it is ${typeof source}`, evidence)]
  }
  try {
    return check(parse(source), { has: (name) => statusItems.has(name), names: () => statusItems.keys() }).map(
      asProblem,
    )
  } catch (error) {
    if (error instanceof PredicateError) return [unparsable(error)]
    throw error
  }
}

function asProblem(found: PredicateProblem): Problem {
  const say = found.severity === 'error' ? refusal : warning
  return say('predicate-invalid', found.message, {
    at: `${AT}:${found.at.line}:${found.at.column}`,
    ...(found.found === undefined ? {} : { found: found.found }),
    ...(found.expected === undefined ? {} : { expected: found.expected }),
    ...(found.rewrite === undefined ? {} : { remedy: `write ${found.rewrite}` }),
  })
}

function unparsable(error: PredicateError): Problem {
  return refusal('predicate-invalid', error.message, {
    at: `${AT}:${error.at.line}:${error.at.column}`,
    ...(error.found === undefined ? {} : { found: error.found }),
    ...(error.expected === undefined ? {} : { expected: error.expected }),
  })
}
