import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Expression, PredicateNode, Step } from '../ast/nodes.ts'
import { parse } from '../parser/parse.ts'
import { print } from './print.ts'

const at = { offset: 0, line: 1, column: 1 }
const aside = new Set(['at', 'operatorAt', 'mixedAt', 'written'])

/** A tree without its places, for comparison. */
function bare(node: PredicateNode): unknown {
  return JSON.parse(
    JSON.stringify(node, (key, value: unknown) =>
      aside.has(key) ? undefined : typeof value === 'bigint' ? `${value}n` : value,
    ),
  )
}

const name = fc.oneof(
  fc.constantFrom('a', 'state', 'size', 'FIRST', 'in', 'Self', 'union', 'ternary', 'function', '_x1', 'UTI'),
  fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/),
)
const itemName = fc.stringMatching(/^[A-Za-z0-9_-]{1,6}(\.[A-Za-z0-9_-]{1,6}){0,3}$/)
const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('\\', '"', "'", '\n\t\0', '\ud800'))

type Trees = {
  predicate: PredicateNode
  expression: Expression
  step: Step
}

const { predicate } = fc.letrec<Trees>(
  (tie: fc.LetrecTypedTie<Trees>): fc.LetrecValue<Trees> => ({
    predicate: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      fc.record({ kind: fc.constant('constant' as const), value: fc.boolean(), at: fc.constant(at) }),
      comparison(tie('expression')),
      fc.record({ kind: fc.constant('not' as const), operand: tie('predicate'), at: fc.constant(at) }),
      compound('and', tie('predicate')),
      compound('or', tie('predicate')),
    ),
    expression: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      leaf(),
      ...branches(tie('expression'), tie('predicate'), tie('step')),
    ),
    step: fc.oneof(
      { maxDepth: 3 },
      fc.record({ kind: fc.constant('key' as const), name, at: fc.constant(at) }),
      fc.record({ kind: fc.constant('item' as const), name: itemName, at: fc.constant(at) }),
      fc.record({
        kind: fc.constant('collection' as const),
        name: fc.constantFrom('count' as const, 'max' as const),
        at: fc.constant(at),
      }),
      fc.record({
        kind: fc.constant('index' as const),
        index: fc.constantFrom('FIRST' as const, 'LAST' as const, 'SIZE' as const),
        at: fc.constant(at),
      }),
      fc.record({ kind: fc.constant('index' as const), index: tie('expression'), at: fc.constant(at) }),
    ),
  }),
)

function comparison(side: fc.Arbitrary<Expression>): fc.Arbitrary<PredicateNode> {
  const operators = [
    '==',
    '!=',
    '<',
    '>',
    '<=',
    '>=',
    'CONTAINS',
    'IN',
    'BEGINSWITH',
    'ENDSWITH',
    'LIKE',
    'MATCHES',
  ] as const
  return fc
    .tuple(
      fc.constantFrom(undefined, 'ANY' as const, 'ALL' as const, 'NONE' as const),
      fc.constantFrom(...operators, 'BETWEEN' as const, 'UTI-EQUALS' as const),
      fc.constantFrom('', 'c', 'cd', 'dnl', 'cdnl'),
      side,
      side,
    )
    .map(([qualifier, operator, letters, left, right]) => {
      const options = operator === 'BETWEEN' || operator === 'UTI-EQUALS' ? '' : letters
      return { kind: 'comparison', operator, options, left, right, operatorAt: at, at, ...(qualifier && { qualifier }) }
    })
}

function compound(kind: 'and' | 'or', operand: fc.Arbitrary<PredicateNode>): fc.Arbitrary<PredicateNode> {
  return fc.array(operand, { minLength: 2, maxLength: 4 }).map((operands) => ({ kind, operands, at }))
}

function leaf(): fc.Arbitrary<Expression> {
  return fc.oneof(
    text.map((value) => ({ kind: 'string' as const, value, at })),
    fc.nat().map((value) => ({ kind: 'number' as const, value, real: false, at })),
    fc
      .bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n })
      .map((value) => ({ kind: 'number' as const, value, real: false, at })),
    fc
      .double({ min: 0, noNaN: true, noDefaultInfinity: true })
      .map((value) => ({ kind: 'number' as const, value: value + 0, real: true, at })),
    fc.boolean().map((value) => ({ kind: 'boolean' as const, value, at })),
    fc.constantFrom({ kind: 'nil' as const, at }, { kind: 'self' as const, at }),
    name.map((given) => ({ kind: 'variable' as const, name: given, at })),
    name.map((given) => ({ kind: 'key' as const, name: given, at })),
    fc
      .tuple(fc.constantFrom('status' as const, 'property' as const), itemName)
      .map(([kind, given]) => ({ kind, name: given, at })),
  )
}

function branches(
  expression: fc.Arbitrary<Expression>,
  inner: fc.Arbitrary<PredicateNode>,
  step: fc.Arbitrary<Step>,
): readonly fc.Arbitrary<Expression>[] {
  const list = (minLength: number) => fc.array(expression, { minLength, maxLength: 3 })
  return [
    list(0).map((elements) => ({ kind: 'aggregate', elements, at })),
    fc.tuple(expression, fc.array(step, { minLength: 1, maxLength: 4 })).map(([base, steps]) => path(base, steps)),
    fc
      .tuple(
        fc.constantFrom('+' as const, '-' as const, '*' as const, '/' as const, '**' as const),
        expression,
        expression,
      )
      .map(([operator, left, right]) => ({ kind: 'arithmetic', operator, left, right, at })),
    fc
      .tuple(fc.constantFrom('UNION' as const, 'INTERSECT' as const, 'MINUS' as const), expression, expression)
      .map(([operator, left, right]) => ({ kind: 'set', operator, left, right, at })),
    expression.map((operand) => ({ kind: 'negation', operand, at })),
    fc
      .tuple(fc.constantFrom('sum', 'now', 'abs'), list(0))
      .map(([called, given]) => ({ kind: 'call', name: called, arguments: given, at })),
    fc.tuple(expression, expression).map((given) => ({ kind: 'selector', name: 'modulus:by:', arguments: given, at })),
    list(2).map((given) => ({ kind: 'function', arguments: given, at })),
    fc
      .tuple(expression, name, inner)
      .map(([collection, variable, inside]) => ({ kind: 'subquery', collection, variable, predicate: inside, at })),
    fc
      .tuple(inner, expression, expression)
      .map(([condition, then, otherwise]) => ({ kind: 'ternary', condition, then, otherwise, at })),
    fc.tuple(expression, expression).map(([operand, type]) => ({ kind: 'cast', operand, type, at })),
    fc.tuple(name, expression).map(([variable, value]) => ({ kind: 'assignment', variable, value, at })),
  ]
}

/** Paths of paths are one path, as the parser makes them, unless a collection operator would take the further steps. */
function path(base: Expression, steps: readonly Step[]): Expression {
  if (base.kind !== 'path' || base.steps.some((step) => step.kind === 'collection'))
    return { kind: 'path', base, steps, at }
  return { kind: 'path', base: base.base, steps: [...base.steps, ...steps], at }
}

describe('print', () => {
  it('gives a text that parses to the same tree', () => {
    fc.assert(
      fc.property(predicate, (tree) => {
        const printed = print(tree)
        const read = parse(printed)
        expect(bare(read)).toEqual(bare(tree))
        expect(print(read)).toBe(printed)
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    ["a='x'&&!(b<>2)", 'a == "x" AND (NOT b != 2)'],
    ['a == 1 OR b == 2 AND c == 3', 'a == 1 OR (b == 2 AND c == 3)'],
    ['SOME a => 2', 'ANY a >= 2'],
    ["a contains[dc] 'é\\n'", 'a CONTAINS[cd] "é\\n"'],
    ["a == '\u202e\u200b'", 'a == "\\u202e\\u200b"'],
    ['#size.#in == 7.0', '#size.#in == 7.0'],
    ['(a.b).c[ first ] == NULL', 'a.b.c[FIRST] == nil'],
    ['-b ** 2 == 1 + 2 * 3', '-(b ** 2) == 1 + (2 * 3)'],
    ['@Status ( device.model.family ) == yes', '@status(device.model.family) == TRUE'],
    ['sum:(n) == modulus:by:(7, 2)', 'sum(n) == modulus:by:(7, 2)'],
    ['@count == 3', 'SELF.@count == 3'],
  ])('writes %s canonically', (source, canonical) => {
    expect(print(parse(source))).toBe(canonical)
  })
})
