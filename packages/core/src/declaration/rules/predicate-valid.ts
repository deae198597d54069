import { platforms, statusItems } from '@edict/catalogue'
import {
  checkSource,
  PredicateError,
  type PredicateProblem,
  parse,
  type StatusItemTable,
  shapeOfValue,
  statusNames,
  type ValueShape,
} from '@edict/predicate'
import type { Declared } from '../../declared.ts'
import { type Problem, refusal, warning } from '../../problem.ts'
import { PROPERTIES_TYPE, payloadOf } from '../declaration.ts'
import { predicateItems, predicateItemsOn } from '../predicate-items.ts'
import { references } from '../references.ts'
import type { Rule } from '../rule.ts'

const AT = '/Payload/Predicate'

/**
 * A predicate parses, fits what status items hold and where they are, and leaves nothing to chance. A device would report
 * Error.UnableToParsePredicate or Error.UnableToEvaluatePredicate and keep the activation inactive.
 *
 * @see apple:declarative/declarations/activations/simple.yaml (Predicate)
 */
export const predicateValid: Rule = ({ draft, version, before, targets }) => {
  const source = version.kind === 'activation' ? draft.payload.Predicate : undefined
  // One that is no string is for the checks of the payload.
  if (typeof source !== 'string') return []
  const own = [draft.identifier, ...references(draft.type, draft.payload).map(({ to }) => to)]
  const items: StatusItemTable = {
    ...(targets ? predicateItemsOn(targets) : { ...predicateItems, unavailableOn: missingSomewhere(source) }),
    properties: declaredProperties(before),
    own: new Set(own),
  }
  return checkSource(source, items)
    .filter(({ code }) => code !== SAID_ELSEWHERE)
    .map(asProblem)
}

/** Who sets a property is not only in declarations: another rule knows. */
const SAID_ELSEWHERE = 'property-unknown'

/**
 * Where nobody said what a predicate is for, it is taken to be for the platforms that have all its items. Only if there is
 * none does any item miss something.
 */
function missingSomewhere(source: string) {
  const has = (name: string, platform: (typeof platforms)[number]) =>
    statusItems.get(name)?.availability[platform] !== undefined
  const names = itemsIn(source)
  const isForOne = platforms.some((platform) => names.every((name) => has(name, platform)))
  return (name: string): readonly string[] => (isForOne ? [] : platforms.filter((platform) => !has(name, platform)))
}

function itemsIn(source: string): readonly string[] {
  try {
    const names = statusNames(parse(source))
    return [...statusItems.keys()].filter((item) => names.some((name) => name === item || name.startsWith(`${item}.`)))
  } catch (error) {
    if (error instanceof PredicateError) return []
    throw error
  }
}

/** What properties are declared as; an enrollment may have others, so that no type is certain. */
function declaredProperties({ declarations }: Declared): ReadonlyMap<string, readonly ValueShape[]> {
  const shapes = new Map<string, readonly ValueShape[]>()
  for (const version of declarations.values()) {
    if (version.type !== PROPERTIES_TYPE) continue
    for (const [name, value] of Object.entries(payloadOf(version))) {
      shapes.set(name, [...(shapes.get(name) ?? [{ type: 'any' }]), shapeOfValue(value)])
    }
  }
  return shapes
}

function asProblem(found: PredicateProblem): Problem {
  const say = found.severity === 'error' ? refusal : warning
  return say(found.code, found.message, {
    at: `${AT}:${found.at.line}:${found.at.column}`,
    ...(found.found === undefined ? {} : { found: found.found }),
    ...(found.expected === undefined ? {} : { expected: found.expected }),
    ...(found.rewrite === undefined ? {} : { remedy: `write ${found.rewrite}` }),
  })
}
