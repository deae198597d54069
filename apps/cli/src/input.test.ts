import { describe, expect, it } from 'vitest'
import { keyValues, parseJson, readLines, readText } from './input.ts'

describe('keyValues()', () => {
  it('takes JSON as JSON and anything else as text', () => {
    expect(
      keyValues(['grade=7', 'coach=true', 'roles=["a","b"]', 'name=Ann Lee', 'room="7"', 'url=a=b', 'no=']),
    ).toEqual({
      grade: 7,
      coach: true,
      roles: ['a', 'b'],
      name: 'Ann Lee',
      room: '7',
      url: 'a=b',
      no: '',
    })
  })

  it('refuses what is not a pair', () => {
    expect(() => keyValues(['grade'])).toThrow('Cannot use grade: expected key=value')
    expect(() => keyValues(['=7'])).toThrow('Cannot use =7: expected key=value')
  })
})

describe('readText()', () => {
  it('says that there is no such file', async () => {
    await expect(readText('no/such.json')).rejects.toThrow('Cannot read no/such.json: there is no such file')
  })
})

describe('parseJson()', () => {
  it('names the file in what it refuses, and takes a byte order mark', () => {
    expect(() => parseJson('{', 'a.json')).toThrow(/^Cannot read a\.json as JSON: /)
    expect(parseJson('\uFEFF{}', 'a.json')).toEqual({})
  })
})

describe('readLines()', () => {
  it('leaves out empty lines and comments', async () => {
    expect(await readLines(async () => '# ipads\nA\r\n\n  B:1 \n', 'x')).toEqual(['A', 'B:1'])
  })
})
