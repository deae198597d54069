import { describe, expect, it } from 'vitest'
import { parse } from '../parser/parse.ts'
import { appleItems } from '../testing/apple-items.ts'
import { relations } from './relations.ts'

const implies = (a: string, b: string) => relations(appleItems).implies(parse(a), parse(b))
const neverBoth = (a: string, b: string) => relations(appleItems).neverBoth(parse(a), parse(b))

const pad = "@status(device.model.family) == 'iPad'"
const mac = "@status(device.model.family) == 'Mac'"

describe('relations()', () => {
  it.each([
    [pad, pad],
    [pad, "@status(device.model.family) IN {'iPad', 'Mac'}"],
    [`@property(a) IN {1, 2}`, '@property(a) IN {1, 2, 3}'],
    [`${pad} AND @property(a) == 1`, pad],
    [pad, 'TRUEPREDICATE'],
  ])('tell that %s implies %s', (a, b) => expect(implies(a, b)).toBe(true))

  it.each([
    [pad, mac],
    ['@property(a) > 3', '@property(a) > 5'],
    // An error where it is a string, as far as is known.
    ['@property(a) > 5', '@property(a) > 3'],
    [pad, `${pad} AND @property(a) == 1`],
    ["'a' IN @property(roles)", "'b' IN @property(roles)"],
    // True where there is no value, and the other is not.
    ['@property(a) != 1', '@property(a) > 1 OR @property(a) < 1'],
  ])('do not tell that %s implies %s', (a, b) => expect(implies(a, b)).toBe(false))

  it.each([
    [pad, mac],
    ['@property(shard) < 50', '@property(shard) >= 50'],
    ['@status(passcode.is-present) == TRUE', '@status(passcode.is-present) == FALSE'],
  ])('tell that %s and %s are never both true', (a, b) => expect(neverBoth(a, b)).toBe(true))

  it.each([
    [pad, '@property(a) == 1'],
    ["'a' IN @property(roles)", "'b' IN @property(roles)"],
    ['@property(shard) <= 50', '@property(shard) >= 50'],
  ])('tell that %s and %s may both be true', (a, b) => expect(neverBoth(a, b)).toBe(false))

  it('tell nothing when there is too much to try', () => {
    const none = relations(appleItems, 1)
    expect([none.implies(parse(pad), parse(pad)), none.neverBoth(parse(pad), parse(mac))]).toEqual([false, false])
  })
})
