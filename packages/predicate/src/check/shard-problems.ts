import { propertyNames } from '../ast/names.ts'
import type { PredicateNode } from '../ast/nodes.ts'
import { Budget } from './abstract/budget.ts'
import { possibleOutcomes } from './abstract/possible-outcomes.ts'
import { shapesOf } from './shapes/shapes.ts'
import type { StatusItemTable } from './status-item-table.ts'

/** The predicate of one activation among several that divide devices by a number. */
export interface ShardedPredicate {
  readonly name: string
  readonly predicate: PredicateNode
}

/** Numbers that no predicate takes, or that two can take at once. */
export interface ShardProblem {
  readonly code: 'shard-gap' | 'shard-overlap'
  readonly severity: 'warning'
  readonly message: string
  readonly from: number
  readonly to: number
  /** Names of the predicates that overlap. */
  readonly by: readonly string[]
}

const COMPARISONS = 500_000

/**
 * Whether predicates that read one property, a number from 0 to 100 as is usual, divide it without gap and without overlap.
 * What else a predicate asks for is taken as possible, unless two of them ask for what cannot be true of one device.
 */
export function shardProblems(
  predicates: readonly ShardedPredicate[],
  items: StatusItemTable,
  { property = 'shard', first = 0, last = 100 } = {},
): readonly ShardProblem[] {
  const sharded = predicates.filter(({ predicate }) => propertyNames(predicate).includes(property))
  if (sharded.length < 2) return []
  const numbers = Array.from({ length: last - first + 1 }, (_, index) => first + index)
  const takes = taker(items, property)
  const taken = new Map(sharded.map((one) => [one, new Set(numbers.filter((number) => takes([one], number)))]))
  const gaps = runs(numbers.filter((number) => !sharded.some((one) => taken.get(one)?.has(number))))
  const overlaps = sharded.flatMap((one, index) =>
    sharded.slice(index + 1).flatMap((other) => {
      const both = numbers.filter((number) => taken.get(one)?.has(number) && taken.get(other)?.has(number))
      return runs(both.filter((number) => takes([one, other], number))).map(([from, to]) =>
        overlap(one, other, from, to),
      )
    }),
  )
  return [...gaps.map(([from, to]) => gap(from, to, property)), ...overlaps]
}

/** Whether all the predicates can be true together for a number. */
function taker(items: StatusItemTable, property: string) {
  const budget = new Budget(COMPARISONS)
  return (predicates: readonly ShardedPredicate[], number: number): boolean => {
    const [first, ...rest] = predicates.map(({ predicate }) => predicate)
    if (!first) return true
    const together: PredicateNode =
      rest.length === 0 ? first : { kind: 'and', operands: [first, ...rest], at: first.at }
    const pinned = new Map([[`@property(${property})`, [number]]])
    return possibleOutcomes(together, shapesOf(together, items), budget, pinned)?.all.has('true') ?? true
  }
}

function runs(numbers: readonly number[]): readonly (readonly [number, number])[] {
  const found: [number, number][] = []
  for (const number of numbers) {
    const current = found.at(-1)
    if (current?.[1] === number - 1) current[1] = number
    else found.push([number, number])
  }
  return found
}

function gap(from: number, to: number, property: string): ShardProblem {
  const message = `Cannot reach every device: no predicate is true where @property(${property}) is ${said(from, to)}`
  return { code: 'shard-gap', severity: 'warning', message, from, to, by: [] }
}

function overlap(one: ShardedPredicate, other: ShardedPredicate, from: number, to: number): ShardProblem {
  const by = [one.name, other.name]
  const message = `Cannot keep shards apart: ${by.join(' and ')} both take ${said(from, to)}`
  return { code: 'shard-overlap', severity: 'warning', message, from, to, by }
}

function said(from: number, to: number): string {
  return from === to ? String(from) : `${from} to ${to}`
}
