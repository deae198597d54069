import { NOTHING_DECLARED, versionOf } from '@edict/core'
import { decodePlist } from '@edict/protocol'
import { describe, expect, it } from 'vitest'
import { contentsFor } from './contents.ts'

const declaring = (type: string, payload: Parameters<typeof versionOf>[0]['payload']) => {
  const version = versionOf({ identifier: 'it', type, payload, extra: {} }, undefined)
  return { ...NOTHING_DECLARED, declarations: new Map([['it', version]]) }
}

describe('contentsFor()', () => {
  it('leads by a manifest that nobody gave to a package that is there', () => {
    const ManifestURL = 'https://content.example/tool.pkg.plist'
    const contents = contentsFor(declaring('com.apple.configuration.package', { ManifestURL }), new Map())
    const { status, body } = contents(ManifestURL)
    expect([status, decodePlist(body)]).toMatchObject([
      200,
      { items: [{ assets: [{ kind: 'software-package' }], metadata: { 'bundle-identifier': 'com.example.tool' } }] },
    ])
    const [, url = ''] = /<string>(https:[^<]+)<\/string>/.exec(new TextDecoder().decode(body)) ?? []
    expect(contents(url).status).toBe(200)
  })

  it('gives what is given, what stands in for it, and nothing where nothing is declared', () => {
    const DataURL = 'https://content.example/notes'
    const asset = declaring('com.apple.asset.data', { Reference: { DataURL, ContentType: 'text/plain' } })
    const notes = new TextEncoder().encode('notes')
    expect(contentsFor(asset, new Map([[DataURL, notes]]))(DataURL)).toMatchObject({ status: 200, body: notes })
    expect(contentsFor(asset, new Map())(DataURL).headers).toEqual({ 'content-type': 'text/plain' })
    expect(contentsFor(asset, new Map())('https://content.example/other').status).toBe(404)
  })
})
