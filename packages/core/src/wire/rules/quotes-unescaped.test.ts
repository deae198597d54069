import { expect, it } from 'vitest'
import { codes, found, problems } from '../testing/found.ts'

/** As in the listing at 24:53 of the WWDC22 session 10046. */
const listing = `{
  "Type": "com.apple.activation.simple",
  "Identifier": "grade-12",
  "Payload": { "StandardConfigurations": ["exam"] },
  "Predicate": "(@property(age) >= 18) AND ("Grade12" IN @property(roles))"
}`

it("finds both mistakes of Apple's listing: the inner quotes, and where the Predicate stands", () => {
  expect(problems(listing)).toMatchObject([
    {
      code: 'quotes-unescaped',
      place: { line: 5, column: 45 },
      remedy: `write "(@property(age) >= 18) AND ('Grade12' IN @property(roles))"`,
    },
    { code: 'predicate-misplaced', at: '/Predicate', place: { line: 5, column: 3 } },
  ])
})

it('finds it where everything stands in one line', () => {
  expect(codes(listing.replace(/\s+/g, ' '))).toEqual(['quotes-unescaped', 'predicate-misplaced'])
})

it('finds several in one string, also with commas between', () => {
  const text = listing.replace('"Grade12" IN @property(roles)', '@property(grade) IN {"a", "b"}')
  expect(codes(text)).toEqual(['quotes-unescaped', 'predicate-misplaced'])
})

it('takes single quotes, and double ones with a backslash', () => {
  expect(found('quotes-unescaped', listing.replaceAll('"Grade12"', "'Grade12'"))).toEqual([])
  expect(found('quotes-unescaped', listing.replaceAll('"Grade12"', '\\"Grade12\\"'))).toEqual([])
})
