import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bar, gauge } from './bar.ts'

describe('bar()', () => {
  it('is as long as its part, in eighths of a column', () => {
    expect(bar(1, 1, 4)).toBe('████')
    expect(bar(1, 2, 4)).toBe('██')
    expect(bar(5, 16, 4)).toBe('█▎')
  })

  it('of nothing is nothing', () => {
    expect([bar(0, 9, 4), bar(0, 0, 4)]).toEqual(['', ''])
  })

  it('is never longer than its room; what is there is seen, and what is not all does not look it', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 100 }), (one, other, width) => {
        const [part, whole] = [Math.min(one, other), Math.max(one, other)]
        const drawn = bar(part, whole, width)
        expect([...drawn].length).toBeLessThanOrEqual(width)
        expect(drawn !== '').toBe(part > 0)
        if (part < whole) expect(drawn).not.toBe('█'.repeat(width))
      }),
    )
  })
})

describe('gauge()', () => {
  it('fills its trough, and is full only when all is there', () => {
    expect(gauge(4, 4, 4)).toBe('████')
    expect(gauge(3, 4, 4)).toBe('███░')
    expect(gauge(99, 100, 4)).toBe('███░')
    expect(gauge(1, 100, 4)).toBe('█░░░')
    expect(gauge(0, 100, 4)).toBe('░░░░')
    expect(gauge(0, 0, 4)).toBe('░░░░')
  })
})
