import fc from 'fast-check'
import { expect, it } from 'vitest'
import { jsonPlaces } from './json-places.ts'
import { child } from './pointer.ts'

it('knows where each value and its key begin', () => {
  const text = '{\n "a/b": [1, {"~": true}], "c": {}}'
  const at = (pointer: string) => {
    const found = jsonPlaces(text).get(pointer)
    return found && [text.slice(found.value, found.value + 4), found.key && text.slice(found.key, found.key + 3)]
  }
  expect(at('')).toEqual(['{\n "', undefined])
  expect(at('/a~1b')).toEqual(['[1, ', '"a/'])
  expect(at('/a~1b/0')).toEqual(['1, {', undefined])
  expect(at('/a~1b/1/~0')).toEqual(['true', '"~"'])
  expect(at('/c')).toEqual(['{}}', '"c"'])
  expect(at('/d')).toBeUndefined()
})

it('finds every value of any JSON where it stands', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), fc.nat(2), (value, indent) => {
      const text = JSON.stringify(value, null, indent)
      const places = jsonPlaces(text)
      const visit = (inner: unknown, at: string) => {
        const start = places.get(at)?.value ?? -1
        const [first = ''] = JSON.stringify(inner)
        expect(text.charAt(start)).toBe(first)
        if (typeof inner !== 'object' || inner === null) {
          expect(text.startsWith(JSON.stringify(inner), start)).toBe(true)
          return
        }
        const entries = Array.isArray(inner) ? inner.map((one, index) => [index, one] as const) : Object.entries(inner)
        for (const [key, one] of entries) visit(one, child(at, key))
      }
      visit(value, '')
    }),
  )
})
