import { describe, expect, it } from 'vitest'
import { jsonRows, textOf } from './json-rows.ts'

async function* pieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
}

const rows = async (text: string, size = 7) =>
  (await Array.fromAsync(jsonRows(pieces(text, size)))).map((row) =>
    'flaw' in row ? [row.line, row.flaw.split(':')[0]] : [row.line, row.value],
  )

const values = [{ a: '[,]{"\\"\\\\' }, { b: [1, { c: ', ' }], d: null }, { e: '\u2028 ünï' }]

describe('jsonRows()', () => {
  it.each([1, 2, 3, 1000])('reads an array and lines alike, in pieces of %i', async (size) => {
    const lines = values.map((value) => JSON.stringify(value)).join('\n')
    const expected = values.map((value, index) => [index + 1, value])
    expect(await rows(lines, size)).toEqual(expected)
    expect(await rows(`\uFEFF${lines}\r\n\r\n`, size)).toEqual(expected)
    const array = `[${values.map((value) => JSON.stringify(value)).join(',\n')}]\n`
    expect(await rows(array, size)).toEqual(expected)
    expect((await rows(JSON.stringify(values, null, 2), size)).map(([, value]) => value)).toEqual(values)
  })

  it('says where a row is broken, and goes on behind it', async () => {
    expect(await rows('{"a":1}\n{"b":\n{"c":3}\n')).toEqual([
      [1, { a: 1 }],
      [2, 'it is no JSON'],
      [3, { c: 3 }],
    ])
    expect(await rows('[{"a":1},\n{"b" 2},\n\n{"c":3}]')).toEqual([
      [1, { a: 1 }],
      [2, 'it is no JSON'],
      [4, { c: 3 }],
    ])
  })

  it('says that an array breaks off, or goes on behind its end', async () => {
    expect(await rows('[{"a":1},\n{"b":')).toEqual([
      [1, { a: 1 }],
      [2, 'it is no JSON'],
      [2, 'the file breaks off'],
    ])
    expect(await rows('[{"a":1}]\n]')).toEqual([[1, { a: 1 }]])
    expect(await rows('[{"a":1}]\n{"b":2}')).toEqual([
      [1, { a: 1 }],
      [2, 'there is more after the ] that ends the file'],
    ])
    expect(await rows('')).toEqual([])
  })

  it('holds no row that is too long', async () => {
    const [first, second] = await rows(`{"a":"${'x'.repeat(5 * 1024 * 1024)}"}\n{"b":1}`, 65_536)
    expect(first?.[1]).toContain('it is longer than')
    expect(second).toEqual([2, { b: 1 }])
  })

  it('says that there is no such file', async () => {
    await expect(Array.fromAsync(textOf('no/such.json'))).rejects.toThrow('there is no such file')
  })
})
