import { describe, expect, it } from 'vitest'
import { contentNames, withContent, withoutServer } from './named-content.ts'

const wifi = { name: 'wifi', sha256: 'b'.repeat(64), size: 12, type: 'text/plain' }
const url = `https://mdm.example.org/content/${wifi.sha256}/wifi`
const made = (payload: Parameters<typeof withContent>[0]) =>
  withContent(payload, 'https://mdm.example.org', (name) => (name === 'wifi' ? wifi : undefined))

describe('withContent()', () => {
  it('makes a Reference under that key, and a URL under any other', () => {
    const payload = {
      ProfileURL: { $content: 'wifi' },
      Reference: { $content: 'wifi' },
      Deep: [{ At: { $content: 'wifi' } }],
    }
    const Reference = { DataURL: url, ContentType: 'text/plain', Size: 12, 'Hash-SHA-256': wifi.sha256 }
    expect(made(payload)).toEqual({ payload: { ProfileURL: url, Reference, Deep: [{ At: url }] }, problems: [] })
  })

  it('leads to the manifest of a package, and says what that says where it is to stand', () => {
    const says = { items: [] }
    const contents = new Map([
      ['tool.pkg', { ...wifi, name: 'tool.pkg' }],
      ['tool.pkg.plist', { ...wifi, name: 'tool.pkg.plist', manifest: says }],
    ])
    const tool = { $content: 'tool.pkg' }
    const payload = {
      ManifestURL: tool,
      Manifest: tool,
      Other: tool,
      Own: [{ ManifestURL: { $content: 'tool.pkg.plist' } }],
    }
    const manifest = `${url.slice(0, -4)}tool.pkg.plist`
    expect(withContent(payload, 'https://mdm.example.org', (name) => contents.get(name))).toEqual({
      payload: {
        ManifestURL: manifest,
        Manifest: says,
        Other: `${url.slice(0, -4)}tool.pkg`,
        Own: [{ ManifestURL: manifest }],
      },
      problems: [],
    })
    expect(contentNames(payload)).toEqual(['tool.pkg.plist', 'tool.pkg'])
  })

  it('says of what has no manifest that it has none', () => {
    const payload = { ManifestURL: { $content: 'wifi' }, More: { ManifestURL: { $content: 'none' } } }
    expect(made(payload).problems).toMatchObject([
      { code: 'content-without-manifest', at: '/Payload/ManifestURL', found: 'wifi' },
      { code: 'content-unknown', at: '/Payload/More/ManifestURL', found: 'none' },
    ])
  })

  it('says where a name stands that no content has', () => {
    expect(made({ A: { 'b/c': [{ $content: 'none' }] } }).problems).toMatchObject([
      { code: 'content-unknown', severity: 'error', at: '/Payload/A/b~1c/0', found: 'none' },
    ])
  })

  it('leaves alone what only looks like it', () => {
    const payload = { One: { $content: 1 }, Two: { $content: 'wifi', more: true }, Text: '$content', Nothing: null }
    expect(made(payload)).toEqual({ payload, problems: [] })
  })
})

it('withoutServer() says as much as is known', () => {
  const payload = {
    ProfileURL: { $content: 'wifi' },
    ManifestURL: { $content: 'tool.pkg' },
    Reference: { $content: 'a b' },
  }
  expect(withoutServer(payload)).toEqual({
    ProfileURL: 'https://content.example/wifi',
    ManifestURL: 'https://content.example/tool.pkg.plist',
    Reference: { DataURL: 'https://content.example/a%20b' },
  })
})

it('contentNames() finds each name once', () => {
  expect(contentNames({ A: { $content: 'a' }, B: [{ $content: 'b' }, { $content: 'a' }], C: {} })).toEqual(['a', 'b'])
})
