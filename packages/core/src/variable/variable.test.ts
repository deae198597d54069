import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isTemplateText, onlyVariable, textParts, unfinished } from './variable.ts'

/** Text as written for what is to be sent as it is. */
const escaped = (text: string) => text.replaceAll('$', '${$}')
const variable = (name: string, written = `\${${name}}`) => ({ kind: 'variable', name, written })
const bare = (name: string) => variable(name, `$${name}`)

describe('the parts of a text', () => {
  it.each([
    ['${device.name}', [variable('device.name')]],
    ['iPad ${device.name}!', ['iPad ', variable('device.name'), '!']],
    ['${a}${b}', [variable('a'), variable('b')]],
    ['$${property.price}', ['$', variable('property.price')]],
    ['${$}{device.name}', ['$', '{device.name}']],
    ['$device.serial-number', [bare('device.serial-number')]],
    ['$property.email', [bare('property.email')]],
    ['iPad of $user.long-name.', ['iPad of ', bare('user.long-name'), '.']],
    ['$account.name@example.org', [bare('account.name'), '@example.org']],
    ['$property.a.b$enrollment.id', [bare('property.a.b'), bare('enrollment.id')]],
    ['$$device.name', ['$', bare('device.name')]],
    ['${$}device.name', ['$', 'device.name']],
  ])('of %j are %j', (text, parts) => {
    expect(textParts(text)).toEqual(parts)
    expect(isTemplateText(text)).toBe(true)
  })

  it.each([
    '',
    '$',
    '$$',
    '5 $',
    'pa$$word',
    '^a$',
    '$1',
    '$device',
    '$device.',
    '$devices.name',
    '$Device.name',
    '$HOME.name',
    '{device.name}',
    '${}',
    '${',
    '${a',
    '${a{b}',
    'SUBQUERY($x)',
  ])('of %j are the text itself', (text) => {
    expect(textParts(text).join('')).toBe(text)
    expect(isTemplateText(text)).toBe(false)
  })

  it('are one variable where nothing stands beside it', () => {
    expect(onlyVariable('${property.port}')).toEqual(variable('property.port'))
    for (const text of [' ${property.port}', '${a}${b}', '${$}', '$', '']) expect(onlyVariable(text)).toBeUndefined()
  })

  it('of any text with its dollar signs written as ${$} are that text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('$', '{', '}', 'a', '.', 'é', '$user.', '-') }), (text) => {
        expect(textParts(escaped(text)).join('')).toBe(text)
      }),
    )
  })

  it('lose nothing, and are found in a time that grows with the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('$', '{', '}', '${', 'x', '.', '${a}', '$user') }), (text) => {
        const written = textParts(text).map((part) => (typeof part === 'string' ? part : part.written))
        expect(written.join('').length).toBe(text.replaceAll('${$}', '$').length)
      }),
    )
    for (const hostile of ['${', '${a', '$', '${'.padEnd(300, 'a')]) {
      const text = hostile.repeat(100_000)
      expect(textParts(text)).toEqual([text])
      expect(unfinished(text)).toBe(hostile === '$' ? -1 : 0)
    }
  })
})
