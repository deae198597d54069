import { limits } from '../source/limits.ts'
import { ignoringCase, propertyTest } from './characters.ts'
import { readEscape } from './escape.ts'
import type { Reader } from './reader.ts'
import type { CharacterTest } from './tree.ts'

const posix = /\[:(\^?)([A-Za-z_]{1,60}):\]/y
const posixNames: Readonly<Record<string, string>> = {
  alpha: 'Alphabetic',
  lower: 'Lowercase',
  upper: 'Uppercase',
  digit: 'Nd',
  space: 'White_Space',
  punct: 'P',
  cntrl: 'Cc',
  xdigit: 'Hex_Digit',
}

/** Set : "[" [ "^" ] Item { Item | "&&" Item | "--" Item } "]", the opening bracket being read already */
export function characterSet(reader: Reader): CharacterTest {
  reader.depth += 1
  if (reader.depth > limits.depth) throw reader.invalid('it is nested too deeply')
  const negated = reader.skip('^')
  let members: CharacterTest[] = []
  let first = true
  while (first || !reader.looksAt(']')) {
    if (reader.done) throw reader.invalid('a set is not closed with ]')
    if (reader.skip('&&')) {
      const left = anyOf(members)
      const right = operandSet(reader)
      members = [(code) => left(code) && right(code)]
    } else if (reader.looksAt('--') && !first) {
      reader.skip('--')
      const left = anyOf(members)
      const right = operandSet(reader)
      members = [(code) => left(code) && !right(code)]
    } else members.push(item(reader))
    first = false
  }
  reader.skip(']')
  reader.depth -= 1
  const plain = anyOf(members)
  const test = reader.flags.ignoreCase ? ignoringCase(plain) : plain
  return negated ? (code) => !test(code) : test
}

/** The right side of a set operator: everything up to the next one or the end of the set. */
function operandSet(reader: Reader): CharacterTest {
  const members: CharacterTest[] = []
  while (!reader.done && !reader.looksAt(']') && !reader.looksAt('&&') && !reader.looksAt('--'))
    members.push(item(reader))
  if (members.length === 0) throw reader.invalid('a set operator has no right side')
  return anyOf(members)
}

/** Item : Set | PosixClass | Class | Character [ "-" Character ] */
function item(reader: Reader): CharacterTest {
  const named = reader.match(posix)
  if (named) return posixClass(reader, named[1] === '^', named[2] ?? '')
  if (reader.skip('[')) return characterSet(reader)
  const low = member(reader)
  if (typeof low === 'function') return low
  const range = reader.looksAt('-') && !reader.looksAt('-]') && !reader.looksAt('--') && !reader.looksAt('-[')
  if (!range) return (code) => code === low
  reader.skip('-')
  const high = member(reader)
  if (typeof high === 'function') throw reader.invalid('a range ends with a class')
  if (high < low) throw reader.invalid('a range ends before it begins')
  return (code) => code >= low && code <= high
}

function member(reader: Reader): number | CharacterTest {
  if (!reader.skip('\\')) return reader.take().codePointAt(0) ?? 0
  return reader.skip('b') ? 8 : readEscape(reader)
}

function posixClass(reader: Reader, negated: boolean, name: string): CharacterTest {
  const test = propertyTest(Object.hasOwn(posixNames, name) ? (posixNames[name] ?? name) : name)
  if (!test) throw reader.invalid(`there is no class [:${name}:]`)
  return negated ? (code) => !test(code) : test
}

function anyOf(tests: readonly CharacterTest[]): CharacterTest {
  const [only] = tests
  if (only && tests.length === 1) return only
  return (code) => tests.some((test) => test(code))
}
