import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NOW } from '../testing/channel-of.ts'
import { itemsAnswered, servedFrom } from './collect.ts'
import { FRESH, SHOWN_LIMIT, type Sync } from './sync.ts'

const answered = (tokens: readonly string[]) =>
  tokens.reduce((sync: Sync, token, index) => itemsAnswered(sync, token, NOW + index), FRESH)

describe('bodies are served from', () => {
  it.each<[string, string[], string[]]>([
    ['nothing before a manifest was answered', [], []],
    ['the only manifest that was answered', ['A'], ['A']],
    ['the last two, the newer first', ['A', 'B', 'C'], ['C', 'B']],
    ['the last two different ones, when one is answered again', ['A', 'B', 'B', 'B'], ['B', 'A']],
    ['the last two different ones, after a revert', ['A', 'B', 'A'], ['A', 'B']],
    ['the last two different ones, after a revert and another change', ['A', 'B', 'A', 'C'], ['C', 'A']],
  ])('%s', (_what, tokens, expected) => {
    expect(servedFrom(answered(tokens))).toEqual(expected)
  })

  it('the last two different ones of any history', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('A', 'B', 'C', 'D'), { maxLength: 30 }), (tokens) => {
        const newestFirst = [...new Set([...tokens].reverse())]
        expect(servedFrom(answered(tokens))).toEqual(newestFirst.slice(0, 2))
      }),
    )
  })
})

describe('itemsAnswered', () => {
  it('is what the channel has collected, and when', () => {
    expect(answered(['A', 'B']).collected).toEqual({ token: 'B', at: NOW + 1 })
  })

  it('remembers a bounded number of manifests', () => {
    const many = Array.from({ length: 50 }, (_, index) => `token ${index}`)
    expect(answered(many).shown).toEqual(many.slice(-SHOWN_LIMIT).reverse())
  })

  it('neither enables a channel nor answers its offer', () => {
    const { enabled, offer, told } = answered(['A'])
    expect({ enabled, offer, told }).toEqual({ enabled: false, offer: null, told: null })
  })
})
