import { describe, expect, it } from 'vitest'
import { examine } from './examine.ts'
import { Random } from './random.ts'
import { smaller } from './smaller.ts'
import { sourceFrom } from './sources.ts'

const corpus = [
  "@status(device.model.family) == 'iPad'",
  "SUBQUERY(@status(mdm.app), $a, $a.@key(state) == 'x').@count > 0",
]

describe('a fuzz run', () => {
  it('finds nothing wrong with its first sources', () => {
    const random = new Random(1)
    const wrong = Array.from({ length: 300 }, () => sourceFrom(random, corpus)).filter((source) => examine(source))
    expect(wrong).toEqual([])
  })

  it('makes the same sources from the same seed', () => {
    const some = (seed: number) => {
      const random = new Random(seed)
      return Array.from({ length: 20 }, () => sourceFrom(random, corpus))
    }
    expect(some(7)).toEqual(some(7))
    expect(some(7)).not.toEqual(some(8))
  })

  it('makes predicates and what is none', () => {
    const random = new Random(2)
    const sources = Array.from({ length: 300 }, () => sourceFrom(random, corpus))
    expect(new Set(sources).size).toBeGreaterThan(250)
  })

  it('shows the smallest source that is wrong', () => {
    expect(smaller('a long source with an x in it', (part) => part.includes('x'))).toBe('x')
  })
})
