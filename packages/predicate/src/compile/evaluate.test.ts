import { describe, expect, it } from 'vitest'
import type { PredicateContext } from '../context/predicate-context.ts'
import { statusContext } from '../context/status-context.ts'
import { parse } from '../parser/parse.ts'
import { decodeFacts } from '../value/decode-facts.ts'
import { compile } from './compile.ts'
import { evaluate } from './evaluate.ts'

const root = decodeFacts(`{
  "n": 7, "two": 2.0, "big": 9007199254740993, "s": "abc", "gone": null, "list": [3, 1, 2], "empty": [],
  "apps": [{"id": "x", "v": 1}, {"id": "y"}], "d": {"k": 1}, "groups": [["a", "b"], ["b"]], "r": ["b", "a", "b"]
}`)
const status = {
  device: { model: { family: 'iPad' } },
  'mdm.app': [{ identifier: 'com.example', 'short-version': '1' }],
}
const properties = { 'jamf.device.groups': ['g1'], site: { code: 'AMS' } }
const context: PredicateContext = statusContext(status, properties, root)

const answer = (source: string, given: PredicateContext = context) => {
  const outcome = evaluate(source, given)
  return outcome.kind === 'error' ? outcome.code : outcome.kind
}

describe('evaluate', () => {
  it.each([
    // Integers and reals
    ['n / 2 == 3', 'true'],
    ['n / two == 3.5', 'true'],
    ['n / 2.0 == 3.5', 'true'],
    ['-n / 2 == -3', 'true'],
    ['big == 9007199254740993', 'true'],
    ['big == 9007199254740992', 'false'],
    ['big + 1 == 9007199254740994', 'true'],
    ['9223372036854775807 + 1 > 9223372036854775807', 'true'],
    ['n / 0 == 1', 'division-by-zero'],
    ['2 ** 10 == 1024', 'true'],
    ['2 ** 3 ** 2 == 64', 'true'],
    ["n + 'x' == 1", 'type-mismatch'],
    // Nil and null
    ['gone == nil AND missing == nil', 'true'],
    ['missing <= missing', 'true'],
    ['missing <= 1', 'false'],
    ['missing.a.b == nil', 'true'],
    ['gone.a == nil', 'key-unknown'],
    ['ANY apps.v == nil', 'false'],
    ['ANY missing == 1', 'false'],
    ['ALL missing == 1', 'true'],
    ['NONE missing == 1', 'true'],
    ['SOME list > 2', 'true'],
    ['ANY n == 7', 'not-a-collection'],
    ['missing[0] == 1', 'type-mismatch'],
    // Paths
    ['s.length == 3', 'true'],
    ["s.length / 2 == 1 AND d['k'] == 1 AND d[SIZE] == 1", 'true'],
    ['list[3] == 1', 'index-out-of-range'],
    ['list[-1] == 1', 'index-out-of-range'],
    ['empty[FIRST] == nil', 'true'],
    ["list['x'] == 1", 'type-mismatch'],
    ['groups.@unionOfArrays.#self.@count == 3', 'type-mismatch'],
    ["groups.@distinctUnionOfArrays.#self == {'a', 'b'}", 'true'],
    ["(r.@distinctUnionOfObjects.#self).@count == 2 AND r.@max.#self == 'b'", 'true'],
    ["apps.@unionOfObjects.id[LAST] == 'y'", 'true'],
    ['list.@avg.#self == 2 AND list.@min.#self == 1 AND empty.@max.#self == nil', 'true'],
    ['list.@sum == 6', 'path-incomplete'],
    ['apps.v.@count == 2', 'true'],
    // Functions
    ['average(list) == 2 AND median({1, 2, 3, 4}) == 2.5 AND mode(r) == {"b"}', 'true'],
    ['stddev({2, 4, 4, 4, 5, 5, 7, 9}) == 2 AND sqrt(16) == 4 AND log(100) == 2 AND ln(exp(1)) == 1', 'true'],
    ['floor(-1.5) == -2 AND ceiling(1.2) == 2 AND trunc(-1.5) == -1 AND abs(-3) / 2 == 1', 'true'],
    ['max(empty) == nil', 'collection-empty'],
    ['modulus:by:(n, 4) == 3 AND onesComplement:(0) == -1 AND leftshift:by:(1, 4) == 16', 'true'],
    ['now() != nil', 'no-clock'],
    ['random() < 1', 'no-chance'],
    ["FUNCTION(s, 'uppercaseString') == 'ABC'", 'function-refused'],
    ['sum(list, list) == 1', 'argument-count'],
    ["CAST('16.10', 'NSNumber') == 16.1 AND CAST(two, 'NSString') == '2' AND CAST(missing, 'NSDate') == nil", 'true'],
    ["CAST('x', 'NSNumber') == 0", 'type-mismatch'],
    ["CAST(1, 'NSData') == 0", 'cast-type'],
    ["TERNARY(n == 7, 'a', s + 1) == 'a'", 'true'],
    ['list UNION {1, 9} == {3, 1, 2, 9} AND list INTERSECT {2} == {2} AND (list MINUS {2}) == {3, 1}', 'true'],
    ['list MINUS missing == list', 'type-mismatch'],
    // Text
    ["'STRASSE' ==[c] 'straße' AND 'ΟΔΟΣ' ==[c] 'οδος' AND 'Éa' BEGINSWITH[cd] 'e'", 'true'],
    ["'É' ==[cn] 'é'", 'false'],
    ["'\\ud83d\\ude00' > '\\uffee'", 'true'],
    ["'a' < 'B'", 'false'],
    ["'naïve' MATCHES[cd] 'NA.VE'", 'true'],
    ["'x' UTI-CONFORMS-TO 'y'", 'type-undecidable'],
    // Terms
    ["@status(device.model.family) == 'iPad' AND @status(mdm.app).@count == 1", 'true'],
    ["ANY @status(mdm.app).@key(short-version) == '1'", 'true'],
    [
      "'g1' IN @property(jamf.device.groups) AND @property(site.code) == 'AMS' AND @property(site).@key(code) == 'AMS'",
      'true',
    ],
    ['@status(nothing.at-all) == nil AND @property(nothing) != 1', 'true'],
    // Subqueries
    ['SUBQUERY(list, $x, $x > two AND SELF.n == 7)[FIRST] == 3', 'true'],
    ['SUBQUERY(n, $x, TRUEPREDICATE).@count == 0', 'type-mismatch'],
    ['SUBQUERY(list, $x, TRUEPREDICATE).@count == 3 AND $x == 1', 'variable-unbound'],
    ['($v := 5) == 5 AND $v == 5', 'true'],
    // Stages and short circuits
    ['a ==', 'syntax'],
    ["n == 7 OR n < 'x'", 'true'],
    ["n < 'x' OR n == 7", 'type-mismatch'],
  ])('%s gives %s', (source, expected) => {
    expect(answer(source)).toBe(expected)
  })

  it('keeps an error an error under NOT, and says where it arose', () => {
    for (const source of ["n < 'x'", "NOT n < 'x'", "NOT NOT n < 'x'", "NOT (n == 1 OR n < 'x')"]) {
      expect(evaluate(source, context)).toMatchObject({
        kind: 'error',
        stage: 'evaluate',
        code: 'type-mismatch',
        at: { offset: source.indexOf('<') },
        message:
          'Cannot evaluate predicate: < needs two numbers, two strings or two dates, found a number and a string',
      })
    }
  })

  it('takes time and chance from the context', () => {
    expect(answer("now() == CAST(0, 'NSDate')", { ...context, now: Date.UTC(2001, 0, 1) })).toBe('true')
    expect(answer('random() == 0.25 AND randomn(8) == 2', { ...context, random: () => 0.25 })).toBe('true')
  })

  it('compiles once for many contexts, which do not meet', () => {
    const run = compile(parse('@property(age) >= 18'))
    expect(
      [17, 18, 'x', undefined].map((age) => run(statusContext({}, age === undefined ? {} : { age })).kind),
    ).toEqual(['false', 'true', 'error', 'false'])
  })

  it('asks the context once for each name', () => {
    const asked: string[] = []
    const asking: PredicateContext = {
      status: (name) => {
        asked.push(name)
        return [1, 2, 3]
      },
      property: () => undefined,
    }
    expect(answer('SUBQUERY(@status(a.b), $x, $x IN @status(a.b)).@count == 3', asking)).toBe('true')
    expect(asked).toEqual(['a.b'])
  })

  it('lets an error of the context itself pass', () => {
    const broken: PredicateContext = {
      status: () => {
        throw new Error('the store is gone')
      },
      property: () => undefined,
    }
    expect(() => evaluate('@status(a) == 1', broken)).toThrow('the store is gone')
  })
})
