import { describe, expect, it } from 'vitest'
import { contentPath, contentsIn, contentsInPlist, isContentName } from './content-reference.ts'

const wifi = { sha256: 'a'.repeat(64), name: 'wifi.mobileconfig' }
const tool = { sha256: '0'.repeat(64), name: 'tool' }

describe('contentsIn()', () => {
  it('finds what contentPath() made, each once, wherever it stands', () => {
    const payload = {
      ProfileURL: `https://mdm.example.org${contentPath(wifi)}`,
      Deep: [{ DataURL: `https://mdm.example.org/base${contentPath(tool)}?key=1` }],
      Again: `http://127.0.0.1:8080${contentPath(wifi)}`,
    }
    expect(contentsIn(JSON.stringify(payload))).toEqual([wifi, tool])
  })

  it.each([
    ['another path', '/contents/'],
    ['a hash that is too short', `/content/${'a'.repeat(63)}/wifi`],
    ['a hash in capitals', `/content/${'A'.repeat(64)}/wifi`],
    ['no name', `/content/${'a'.repeat(64)}/`],
    ['more path after the name', `${contentPath(wifi)}/more`],
  ])('finds nothing in %s', (_, path) => {
    expect(contentsIn(JSON.stringify({ ProfileURL: `https://mdm.example.org${path}` }))).toEqual([])
  })
})

it('contentsInPlist() finds it in property lists, at any depth, and not where a text only mentions it', () => {
  const url = `https://mdm.example.org${contentPath(tool)}`
  const manifest = {
    items: [{ assets: [{ kind: 'software-package', url, at: new Date(0), data: new Uint8Array(3) }] }],
  }
  expect(contentsInPlist({ ...manifest, again: url, count: 1, note: `see ${contentPath(wifi)} for more` })).toEqual([
    tool,
  ])
})

describe('isContentName()', () => {
  it.each(['wifi', 'Wi-Fi_2.mobileconfig', 'a'.repeat(128), '...'])('takes %s', (name) => {
    expect(isContentName(name)).toBe(true)
  })

  it.each(['', '.', '..', 'a/b', 'a b', 'ä', 'a%2Fb', 'a'.repeat(129), 'a\n'])('does not take %j', (name) => {
    expect(isContentName(name)).toBe(false)
  })
})
