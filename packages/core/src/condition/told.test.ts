import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Condition, conditionWords } from './condition.ts'
import { conditionChanges, toldOf } from './told.ts'

const condition = (identifier: string, word: Condition['condition']): Condition => ({
  kind: 'configuration',
  identifier,
  serverToken: null,
  condition: word,
  reason: { code: `${word}-reason`, message: '' },
  since: null,
  evidence: {},
})

describe('conditions that changed', () => {
  it('are those that are new, others, and gone', () => {
    const told = toldOf([condition('gone', 'removing'), condition('same', 'in-force'), condition('other', 'waiting')])
    const are = [condition('same', 'in-force'), condition('other', 'collected'), condition('new', 'waiting')]
    expect(conditionChanges(told, are)).toEqual([
      { identifier: 'gone', from: 'removing', to: null, reason: null },
      { identifier: 'new', from: null, to: 'waiting', reason: 'waiting-reason' },
      { identifier: 'other', from: 'waiting', to: 'collected', reason: 'collected-reason' },
    ])
  })

  it('lead from what was told to what is, whatever both are', () => {
    const word = fc.constantFrom(...conditionWords)
    const some = fc
      .dictionary(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor')), word)
      .map((all) => Object.entries(all).map(([identifier, is]) => condition(identifier, is)))
    fc.assert(
      fc.property(some, some, (before, after) => {
        const known = new Map(toldOf(before))
        for (const { identifier, from, to } of conditionChanges(known, after)) {
          expect(from).toBe(known.get(identifier) ?? null)
          expect(to).not.toBe(from)
          if (to === null) known.delete(identifier)
          else known.set(identifier, to)
        }
        expect(known).toEqual(toldOf(after))
      }),
    )
  })
})
