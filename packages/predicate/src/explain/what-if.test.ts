import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { statusContext } from '../context/status-context.ts'
import { parse } from '../parser/parse.ts'
import type { Dictionary } from '../value/value.ts'
import { explain } from './explain.ts'
import { whatIf } from './what-if.ts'

const of = (source: string, status: Dictionary, properties: Dictionary = {}) =>
  explain(parse(source), statusContext(status, properties))
const passcode = '@status(passcode.is-compliant) == TRUE AND ("Lower" IN @property(roles) OR @property(vip) == 1)'

describe('whatIf', () => {
  it('finds the part that makes the difference, and the value in it', () => {
    const before = of(passcode, { 'passcode.is-compliant': false }, { roles: ['Lower'] })
    const after = of(passcode, { 'passcode.is-compliant': true }, { roles: ['Lower'] })
    const found = whatIf(before, after)
    expect([found?.before.kind, found?.after.kind]).toEqual(['false', 'true'])
    expect(found?.deciding.after.text).toBe('@status(passcode.is-compliant) == TRUE')
    expect(found?.cause?.before).toMatchObject({ text: '@status(passcode.is-compliant)', result: { value: false } })
    expect(found?.cause?.after).toMatchObject({ result: { value: true } })
  })

  it('goes down into alternatives', () => {
    const status = { 'passcode.is-compliant': true }
    const found = whatIf(of(passcode, status, { roles: ['Lower'] }), of(passcode, status, { roles: [] }))
    expect(found?.deciding.before.text).toBe('"Lower" IN @property(roles)')
  })

  it('finds nothing where the outcome stays', () => {
    expect(whatIf(of(passcode, {}), of(passcode, { 'passcode.is-compliant': true }))).toBeUndefined()
  })

  it('names what decided each time where the predicate changed', () => {
    const found = whatIf(of('1 == 1 AND 2 == 3', {}), of('1 == 1 OR 2 == 3', {}))
    expect([found?.deciding.before.text, found?.deciding.after.text]).toEqual(['2 == 3', '1 == 1'])
  })

  it('always names a part that changed', () => {
    const atom = fc.constantFrom('a', 'b', 'c').map((name) => `@property(${name}) == 1`)
    const predicate = fc.array(fc.tuple(fc.constantFrom(' AND ', ' OR '), atom, atom), { minLength: 1, maxLength: 3 })
    const facts = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom(0, 1, 'x'))
    fc.assert(
      fc.property(predicate, facts, facts, (pieces, first, second) => {
        const source = pieces.map(([word, left, right]) => `(${left}${word}NOT ${right})`).join(' AND ')
        const [before, after] = [of(source, {}, first), of(source, {}, second)]
        const found = whatIf(before, after)
        expect(found === undefined).toBe(before.outcome.kind === after.outcome.kind)
        if (found) expect(found.deciding.before.result).not.toEqual(found.deciding.after.result)
      }),
    )
  })
})
