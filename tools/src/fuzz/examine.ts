import {
  checkSource,
  evaluate,
  explain,
  explainText,
  factsContext,
  formatError,
  type Outcome,
  PredicateError,
  type PredicateNode,
  parse,
  print,
  type StatusItemTable,
} from '@edict/predicate'

/** No source may take longer, in milliseconds. */
const PATIENCE = 5000

const facts = factsContext(
  {
    text: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac',
    number: 7,
    flag: true,
    list: [1, 2, 3],
    a: { b: 1 },
    status: { 'device.model.family': 'iPad', 'mdm.app': [{ identifier: 'a', state: 'managed' }, { identifier: 'b' }] },
    properties: { roles: ['a', 'b'], age: 17, text: 'aaaaaaaaaaaaaaaaaaaaaaaab' },
  },
  0,
)

const items: StatusItemTable = {
  has: (name) => name === 'device.model.family' || name === 'mdm.app',
  names: () => ['device.model.family', 'mdm.app'],
  value: (name) => (name === 'mdm.app' ? { type: 'array' } : { type: 'string' }),
  unavailableOn: () => ['somewhere'],
}

/** What is wrong with how a source is treated; undefined where nothing is. */
export function examine(source: string): string | undefined {
  const before = performance.now()
  try {
    const complaint = complaintOf(source)
    const spent = performance.now() - before
    return complaint ?? (spent > PATIENCE ? `it took ${Math.round(spent)} ms` : undefined)
  } catch (error) {
    return `threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
  }
}

function complaintOf(source: string): string | undefined {
  const tree = parsed(source)
  checkSource(source, items)
  const outcome = evaluate(source, facts)
  if (tree instanceof PredicateError) {
    if (outcome.kind !== 'error' || outcome.stage !== 'parse')
      return `is refused by parse and ${outcome.kind} by evaluate`
    if (tree.at.offset > source.length) return `is refused at ${tree.at.offset}, beyond its end`
    return formatError(source, tree).includes('^') ? undefined : 'is refused without a caret'
  }
  const printed = print(tree)
  // The canonical spelling has more parentheses and may be too long or too deep where the source just was not.
  const again = parsed(printed)
  if (again instanceof PredicateError) {
    return again.code === 'source-too-long' || again.code === 'nested-too-deeply'
      ? undefined
      : `prints as ${printed}, which does not parse`
  }
  if (print(again) !== printed) return `prints as ${printed}, which prints as ${print(again)}`
  const reprinted = evaluate(printed, facts)
  if (key(reprinted) !== key(outcome)) return `is ${key(outcome)}, and ${key(reprinted)} when printed`
  const explained = explain(tree, facts)
  if (key(explained.outcome) !== key(outcome)) return `is ${key(outcome)}, and explained as ${key(explained.outcome)}`
  explainText(source, explained)
  return undefined
}

function key(outcome: Outcome): string {
  return outcome.kind === 'error' ? `error ${outcome.code}` : outcome.kind
}

function parsed(source: string): PredicateNode | PredicateError {
  try {
    return parse(source)
  } catch (error) {
    if (error instanceof PredicateError && error.stage === 'parse') return error
    throw error
  }
}
