import { compile, PredicateError, type PredicateNode, parse, print } from '@edict/predicate'
import { ANYTHING, joined, negated, type Outcomes, outcomes } from './outcomes.ts'
import type { Reading, ReadTerm } from './reading.ts'
import { assigns, termsOf } from './terms.ts'

/** One node of a predicate with what it can come to, and what that rests on. */
export interface WeighedNode {
  readonly kind: 'or' | 'and' | 'not' | 'constant' | 'comparison'
  /** As Edict would write it. */
  readonly text: string
  readonly outcomes: Outcomes
  /** Of an AND, an OR or a NOT. */
  readonly operands: readonly WeighedNode[]
  /** What a comparison reads. */
  readonly terms: readonly ReadTerm[]
  /** Of an error: what went wrong. */
  readonly error: string | null
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
      const operands = node.operands.map((operand) => weighed(operand, reading))
      const reached = reachable(operands, ends)
      return made(
        node,
        joined(
          operands.map((operand) => operand.outcomes),
          ends,
        ),
        reached,
      )
    }
    case 'not': {
      const operand = weighed(node.operand, reading)
      return made(node, negated(operand.outcomes), [operand])
    }
    case 'constant':
      return made(node, [node.value ? 'true' : 'false'])
    case 'comparison':
      return whole(node, reading)
  }
}

/** Weighs a node without looking at the nodes in it. */
function whole(node: PredicateNode, reading: Reading): WeighedNode {
  const terms = termsOf(node).map(reading.read)
  if (terms.some(({ reads }) => reads === 'open')) return { ...made(node, ANYTHING), terms }
  const outcome = compile(node)(reading.context)
  const error = outcome.kind === 'error' ? outcome.message : null
  const isDoubtful = terms.some(({ reads }) => reads === 'nil-or-error')
  const found = isDoubtful ? outcomes([outcome.kind, 'error']) : [outcome.kind]
  return { ...made(node, found), terms, error }
}

function made(node: PredicateNode, found: Outcomes, operands: readonly WeighedNode[] = []): WeighedNode {
  const { kind } = node
  return {
    kind,
    text: print(node),
    outcomes: found,
    operands,
    terms: [],
    error: null,
    reached: true,
    decides: false,
  }
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
  const [isOver, goesOn] = kind === 'or' ? (['true', 'false'] as const) : (['false', 'true'] as const)
  if (found.length === 1 && found[0] === goesOn) return undefined
  const reached = operands.filter((operand) => operand.reached)
  if (found.includes(goesOn)) return reached.find((operand) => !certainly(operand, goesOn))
  return (
    reached.find((operand) => certainly(operand, isOver) || certainly(operand, 'error')) ??
    reached.find((operand) => !operand.outcomes.includes(goesOn)) ??
    reached.find((operand) => !certainly(operand, goesOn))
  )
}

function certainly({ outcomes: found }: WeighedNode, word: Outcomes[number]): boolean {
  return found.length === 1 && found[0] === word
}
