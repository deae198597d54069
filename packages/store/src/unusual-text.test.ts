import fc from 'fast-check'
import { expect, it } from 'vitest'
import { keepable, kept } from './unusual-text.ts'

const anyText = fc.oneof(
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
  fc.string(),
)

it('gives every text back, and two texts never become one', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(kept(keepable(text))).toBe(text)
      expect(kept(keepable(`\u0001${text}`))).toBe(`\u0001${text}`)
    }),
  )
})

it('keeps nothing that a database refuses', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(keepable(text)).not.toContain('\0')
      expect(keepable(text).isWellFormed()).toBe(true)
    }),
  )
})

it('leaves ordinary text as it is', () => {
  expect(keepable('Zoë’s iPad 🍎')).toBe('Zoë’s iPad 🍎')
})
