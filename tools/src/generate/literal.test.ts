import { expect, it } from 'vitest'
import { literal, template } from './literal.ts'

it('keeps on one line what fits there, and breaks the rest', () => {
  expect(literal({ introduced: '15.0', 'allowed-scopes': [], deep: { n: 1, yes: true } })).toBe(
    "{ introduced: '15.0', 'allowed-scopes': [], deep: { n: 1, yes: true } }",
  )
  const long = 'x'.repeat(110)
  expect(literal({ a: long, b: [] })).toBe(`{\n  a: '${long}',\n  b: [],\n}`)
})

it('writes any text so that it reads back the same', () => {
  const text = ['it\'s "quoted", `ticked`, $', '{braced}, \\backslashed\nand broken'].join('')
  expect(Function(`return ${literal(text)}`)()).toBe(text)
  expect(Function(`return ${template(text)}`)()).toBe(text)
})
