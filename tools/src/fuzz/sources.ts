import type { Random } from './random.ts'

const pieces = [
  ...'( ) { } [ ] , . + - * / ** == != < > <= >= := : ; % \\ ? & | ^ ~ ` “ ” \' " $x $y a n SELF #in 1 2.5 0x1F 5. .5 1e400'.split(
    ' ',
  ),
  ...'AND OR NOT && || ! ANY ALL NONE SOME IN CONTAINS BEGINSWITH ENDSWITH LIKE MATCHES BETWEEN UNION INTERSECT MINUS'.split(
    ' ',
  ),
  ...'FIRST LAST SIZE SUBQUERY( TERNARY( CAST( FUNCTION( sum( now() random() modulus:by:( .@count .@max. @sum [cd] [l]'.split(
    ' ',
  ),
  ...'TRUEPREDICATE FALSEPREDICATE TRUE NO nil "a" \'b\' "(a*)*" "\\d+" "" \'16.4\' UTI-EQUALS UTI-CONFORMS-TO'.split(
    ' ',
  ),
  ...'@status(device.model.family) @status(mdm.app) @property(roles) @key(state) .@key(state) @status( @Status'.split(
    ' ',
  ),
  '999999999999999999999',
  '\u0000',
  '\ud800',
  '\n',
  'é',
]

const regexPieces =
  '( ) (?: (?= [ ] [^ a b . * + ? {2} {1,9} {900} | ^ $ \\\\d \\\\w \\\\b \\\\p{L} - é 0-9 [[:alpha:]]'.split(' ')

/** Predicates, nearly predicates, and what has nothing to do with them. */
export function sourceFrom(random: Random, corpus: readonly string[]): string {
  switch (random.below(6)) {
    case 0:
      return Array.from({ length: random.below(40) }, () => random.pick(pieces)).join(random.pick(['', ' ']))
    case 1:
      return predicateOf(random, 5)
    case 2:
      return `@property(text) MATCHES${random.pick(['', '[c]', '[cd]'])} "${Array.from({ length: random.below(30) }, () => random.pick(regexPieces)).join('')}"`
    case 3:
      return `${random.pick(corpus)} ${random.pick(['AND', 'OR', '', ','])} ${random.pick(corpus)}`
    case 4:
      return repeated(random)
    default:
      return mutated(random, random.pick(corpus))
  }
}

function predicateOf(random: Random, depth: number): string {
  const inner = () => predicateOf(random, depth - 1)
  switch (depth === 0 ? 9 : random.below(10)) {
    case 0:
      return `(${inner()} AND ${inner()})`
    case 1:
      return `(${inner()} OR ${inner()})`
    case 2:
      return `NOT ${inner()}`
    case 3:
      return `SUBQUERY(${expressionOf(random, depth - 1)}, $v, ${inner()}).@count ${random.pick(['==', '>', '!='])} ${random.below(3)}`
    case 4:
      return `${random.pick(['ANY', 'ALL', 'NONE'])} ${expressionOf(random, depth - 1)} ${operator(random)} ${expressionOf(random, depth - 1)}`
    default:
      return `${expressionOf(random, Math.max(0, depth - 1))} ${operator(random)} ${expressionOf(random, Math.max(0, depth - 1))}`
  }
}

const operators = '== != < > <= >= IN CONTAINS BEGINSWITH LIKE MATCHES BETWEEN ==[c] CONTAINS[cd]'.split(' ')

function operator(random: Random): string {
  return random.pick(operators)
}

const values = [
  ...'1 2.5 "iPad" "a" TRUE nil $v SELF list text number flag @status(device.model.family) @status(mdm.app)'.split(' '),
  ...'@property(roles) @property(age) $v.@key(state) list[FIRST] list.@max.#self {} {1,2} {"a","b"} now()'.split(' '),
]

function expressionOf(random: Random, depth: number): string {
  if (depth <= 0 || random.below(3) > 0) return random.pick(values)
  const inner = () => expressionOf(random, depth - 1)
  switch (random.below(5)) {
    case 0:
      return `(${inner()} ${random.pick(['+', '-', '*', '/', '**', 'UNION', 'MINUS'])} ${inner()})`
    case 1:
      return `TERNARY(${predicateOf(random, depth - 1)}, ${inner()}, ${inner()})`
    case 2:
      return `${random.pick(['sum', 'count', 'max', 'abs', 'mode'])}(${inner()})`
    case 3:
      return `{${inner()}, ${inner()}}`
    default:
      return `(${inner()})${random.pick(['.@count', '.@key(state)', '[0]', '[LAST]', '.length', '.@sum.#self'])}`
  }
}

/** One thing very often: what nests, what grows, what backtracks. */
function repeated(random: Random): string {
  const [start, again, end] = random.pick([
    ['', '(', 'a == 1'],
    ['', 'NOT ', 'a == 1'],
    ['1', ' + 1', ' == 1'],
    ['a == 1', ' OR a == 1', ''],
    ['@property(a) != 1', ' AND @property(a) > 2', ''],
    ['list', '[0]', ' == 1'],
    ['text', '.a', ' == 1'],
    ['text LIKE "', '*a', '"'],
    ['text MATCHES "', '(a*)*', 'b"'],
    ['text MATCHES "', '(', '"'],
    ['1 IN {', '1,', '1}'],
    ['', 'SUBQUERY(list, $x, ', 'a == 1'],
    ['', 'TERNARY((', 'a'],
  ] as const)
  return start + again.repeat(random.below(random.pick([20, 20, 20, 200, 200, 5000]))) + end
}

/** A good predicate with something dropped, doubled, moved or put in. */
function mutated(random: Random, source: string): string {
  let text = source
  for (let changes = 1 + random.below(3); changes > 0; changes -= 1) {
    const at = random.below(text.length + 1)
    const end = Math.min(text.length, at + random.below(8))
    const middle = random.pick([
      '',
      text.slice(at, end).repeat(2),
      random.pick(pieces),
      String.fromCharCode(random.below(0xffff)),
    ])
    text = text.slice(0, at) + middle + text.slice(end)
  }
  return text
}
