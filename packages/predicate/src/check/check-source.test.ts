import { describe, expect, it } from 'vitest'
import { appleItems } from '../testing/apple-items.ts'
import { checkSource } from './check-source.ts'

const found = (source: string) => checkSource(source, appleItems)

describe('checkSource', () => {
  it('has nothing to say of what is right', () => {
    expect(found("@status(device.model.family) == 'iPad'")).toEqual([])
  })

  it.each([
    ['@status(device.model.family) == “iPad”', 'quote-curly', '@status(device.model.family) == "iPad"'],
    ['@status(device.model.family) == \\"iPad\\"', 'character-unexpected', '@status(device.model.family) == "iPad"'],
    [
      '@property(age) &gt;= 18 &amp;&amp; @property(a) == 1',
      'character-unexpected',
      '@property(age) >= 18 && @property(a) == 1',
    ],
    ['@property(a)\u00a0== 1', 'character-unexpected', '@property(a) == 1'],
    ['\ufeff@property(a)\u200b == 1\u2028', 'character-unexpected', '@property(a) == 1 '],
  ])('offers for %s what was there before it was copied', (source, code, rewrite) => {
    expect(found(source)).toMatchObject([{ code, severity: 'error', rewrite }])
  })

  it('says where a source that cannot be repaired goes wrong', () => {
    const [problem] = found("@property(a) == 'it's'")
    expect(problem).toMatchObject({ code: 'string-unclosed', severity: 'error', at: { column: 22 } })
    expect(problem?.rewrite).toBeUndefined()
  })

  it('warns of a predicate that services refuse for its length', () => {
    const list = (names: number) =>
      `@property(a) IN {${Array.from({ length: names }, (_, n) => `'name${n}'`).join(', ')}}`
    expect(found(list(100))).toEqual([])
    expect(found(list(1000))).toMatchObject([{ code: 'length-limit', severity: 'warning' }])
  })
})
