import { declarationPayload, type ValueFacts } from '@edict/catalogue'
import { expect, it } from 'vitest'
import { formatsOf, knownFormats, regexFormat } from './known-formats.ts'

it('are told of keys that there are, and that hold text', () => {
  const strange = [...knownFormats.keys()].filter((place) => {
    const [type = '', path = ''] = place.split(' ')
    const facts = path.split('.').reduce<ValueFacts | undefined>(inside, declarationPayload(`com.apple.${type}`))
    return facts?.type !== 'string'
  })
  expect(strange).toEqual([])
})

it("keep to Apple's regular expression, where there is one", () => {
  const [format] = formatsOf('any', ['PushMagic'], { type: 'string', format: '^[0-9A-F]{4}-x$' })
  expect([format?.holds('00FF-x'), format?.holds('00FF-y')]).toEqual([true, false])
})

it.each(['^(a+)+$', '^(a|a)*b', '(a)\\1', '^(?=a)b', '['])(
  'do not use %s, which may take very long or mean another thing',
  (format) => {
    expect(regexFormat(format).holds('a'.repeat(2_000))).toBe(true)
  },
)

it('refuse text of any length at once', () => {
  expect(regexFormat('^a*$').holds('a'.repeat(100_000))).toBe(false)
})

function inside(facts: ValueFacts | undefined, step: string): ValueFacts | undefined {
  return step === '*' ? (facts?.item ?? facts?.others) : facts?.keys?.[step]
}
