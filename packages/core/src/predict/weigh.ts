import { explain, PredicateError, type PredicateNode, parse, print } from '@edict/predicate'
import { ANYTHING, isCertain, joined, negated, type Outcomes, outcomes } from './outcomes.ts'
import { openPart, partsOf, type WeighedPart } from './parts.ts'
import type { Reading } from './reading.ts'
import { assigns, termsOf } from './terms.ts'

/** One node of a predicate with what it can come to, and what that rests on. */
export interface WeighedNode {
  readonly kind: 'or' | 'and' | 'not' | 'constant' | 'comparison'
  /** As Edict would write it. */
  readonly text: string
  readonly outcomes: Outcomes
  /** What is not plain from the values, or what went wrong. */
  readonly why: string | null
  /** Of an AND, an OR or a NOT. */
  readonly operands: readonly WeighedNode[]
  /** Of a comparison: what it compares, with the values. */
  readonly parts: readonly WeighedPart[]
  /** Whether evaluation comes here at all: it stops where the answer of an AND or OR is known. */
  readonly reached: boolean
  /** Whether the outcome of the whole turns on this node. */
  readonly decides: boolean
}

export interface WeighedPredicate {
  readonly source: string
  readonly outcomes: Outcomes
  /** Null when it cannot be parsed. */
  readonly tree: WeighedNode | null
  /** Of a predicate that cannot be parsed: why. */
  readonly error: string | null
}

/** What a predicate comes to, as far as that can be known. */
export function weigh(source: string, reading: Reading): WeighedPredicate {
  let node: PredicateNode
  try {
    node = parse(source)
  } catch (error) {
    if (!(error instanceof PredicateError)) throw error
    return { source, outcomes: ['error'], tree: null, error: error.message }
  }
  // What one comparison assigns, the next one reads: they cannot be weighed apart.
  const tree = marked(assigns(node) ? whole(node, reading) : weighed(node, reading))
  return { source, outcomes: tree.outcomes, tree, error: null }
}

/** The node that the outcome turns on: the deepest one that is marked. */
export function decidingNode({ tree }: WeighedPredicate): WeighedNode | null {
  let found: WeighedNode | null = null
  for (let node: WeighedNode | undefined = tree ?? undefined; node?.decides === true; ) {
    found = node
    node = node.operands.find(({ decides }) => decides)
  }
  return found
}

function weighed(node: PredicateNode, reading: Reading): WeighedNode {
  switch (node.kind) {
    case 'or':
    case 'and': {
      const ends = node.kind === 'or' ? 'true' : 'false'
      const operands = reachable(
        node.operands.map((operand) => weighed(operand, reading)),
        ends,
      )
      const found = joined(
        operands.map((operand) => operand.outcomes),
        ends,
      )
      return { ...made(node, found), operands }
    }
    case 'not': {
      const operand = weighed(node.operand, reading)
      return { ...made(node, negated(operand.outcomes)), operands: [operand] }
    }
    case 'constant':
      return made(node, [node.value ? 'true' : 'false'])
    case 'comparison':
      return whole(node, reading)
  }
}

/** Weighs a node without weighing the nodes in it. */
function whole(node: PredicateNode, reading: Reading): WeighedNode {
  const terms = termsOf(node).map(reading.read)
  if (terms.some(({ reads }) => reads === 'open')) return { ...made(node, ANYTHING), parts: terms.map(openPart) }
  const { outcome, tree } = explain(node, reading.context)
  const isDoubtful = terms.some(({ reads }) => reads === 'nil-or-error')
  const found = isDoubtful ? outcomes([outcome.kind, 'error']) : [outcome.kind]
  const why = outcome.kind === 'error' ? outcome.message.replace(/^Cannot evaluate predicate: /, '') : tree.why
  return { ...made(node, found), parts: partsOf(tree, terms), why: why ?? null }
}

function made(node: PredicateNode, found: Outcomes): WeighedNode {
  const nothing = { why: null, operands: [], parts: [], reached: true, decides: false }
  return { kind: node.kind, text: print(node), outcomes: found, ...nothing }
}

function reachable(operands: readonly WeighedNode[], ends: 'true' | 'false'): readonly WeighedNode[] {
  let reached = true
  return operands.map((operand) => {
    const one = reached ? operand : unreached(operand)
    reached &&= operand.outcomes.some((word) => word !== 'error' && word !== ends)
    return one
  })
}

function unreached(node: WeighedNode): WeighedNode {
  return { ...node, reached: false, operands: node.operands.map(unreached) }
}

/** Marks the path from a node down to what its outcome turns on. */
function marked(node: WeighedNode): WeighedNode {
  const deciding = decidingOperand(node)
  const operands = node.operands.map((operand) => (operand === deciding ? marked(operand) : operand))
  return { ...node, decides: true, operands }
}

/** Undefined when it takes all of them. */
function decidingOperand({ kind, outcomes: found, operands }: WeighedNode): WeighedNode | undefined {
  if (operands.length === 1) return operands[0]
  if (kind !== 'and' && kind !== 'or') return undefined
  const goesOn = kind === 'or' ? 'false' : 'true'
  if (isCertain(found, goesOn)) return undefined
  const reached = operands.filter((operand) => operand.reached && !isCertain(operand.outcomes, goesOn))
  const ending = found.includes(goesOn) ? undefined : reached.find((operand) => !operand.outcomes.includes(goesOn))
  return ending ?? reached[0]
}
