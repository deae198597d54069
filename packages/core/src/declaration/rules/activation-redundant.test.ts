import { describe, expect, it } from 'vitest'
import { activation, passcode } from '../../testing/declared-of.ts'
import { findingsOf } from '../../testing/problems-of.ts'
import type { Draft } from '../draft.ts'
import { activationRedundant } from './activation-redundant.ts'

const found = (...activations: readonly Draft[]) =>
  findingsOf(activationRedundant, [passcode('p'), passcode('q'), ...activations])

const pad = "@status(device.model.family) == 'iPad'"

describe('an activation', () => {
  it.each([
    ['lists something else under the same predicate', activation('b', ['q'], pad)],
    ['lists the same under another predicate', activation('b', ['p'], "@status(device.model.family) == 'Mac'")],
    ['lists more', activation('b', ['p', 'q'], `${pad} AND @property(a) == 1`)],
    ['is never true, as another rule says', activation('b', ['p'], '1 == 0')],
    ['has a predicate that cannot be read', activation('b', ['p'], '((')],
  ])('is of use where it %s', (_, other) => {
    expect(found(activation('a', ['p'], pad), other)).toEqual([])
  })

  it.each([
    ['the same predicate', activation('b', ['p', 'q'], pad), 'under the same condition'],
    ['a wider predicate', activation('b', ['p'], "@status(device.model.family) != 'Mac'"), 'whenever this is active'],
    ['no predicate', activation('b', ['p']), 'whenever this is active'],
    [
      'the same predicate in other words',
      activation('b', ['p', 'q'], "'iPad' == @status(device.model.family)"),
      'whenever',
    ],
  ])('is of none beside one that lists the same with %s', (_, other, shown) => {
    const [finding, ...more] = found(activation('a', ['p'], pad), other)
    expect(more).toEqual([])
    expect(finding).toMatchObject({
      of: 'a',
      problem: { code: 'activation-redundant', severity: 'warning', at: '/Payload/Predicate', by: ['b', 'a'] },
    })
    expect(finding?.problem.message).toContain(shown)
  })

  it('is told of once where two are the same', () => {
    expect(found(activation('a', ['p']), activation('b', ['p'])).map(({ of }) => of)).toEqual(['a'])
  })
})
