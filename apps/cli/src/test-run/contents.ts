import { createHash } from 'node:crypto'
import { type Declared, payloadOf, textParts } from '@edict/core'
import type { Answer } from '@edict/device'
import { encodePlist, isJsonObject, type Json } from '@edict/protocol'

const text = new TextEncoder()

/**
 * What a device is given when it downloads something: what a fixture says there is at a URL or, so that declarations can be
 * tried before their profiles and assets exist, an empty profile, the manifest of a package, or data of the type that the asset asks for.
 */
export function contentsFor(declared: Declared, given: ReadonlyMap<string, Uint8Array>): (url: string) => Answer {
  const written = [...declared.declarations.values()].flatMap((version) => urlsIn(version.type, payloadOf(version)))
  const references = new Map(written)
  const templates = written.flatMap(([url, wanted]) =>
    textParts(url).some((part) => typeof part !== 'string') ? [{ isMade: madeFrom(url), wanted }] : [],
  )
  return (url) => {
    const wanted = references.get(url) ?? templates.find(({ isMade }) => isMade(url))?.wanted
    if (url === PACKAGE) return { status: 200, headers: {}, body: text.encode('package') }
    if (wanted === undefined) return { status: 404, headers: {}, body: new Uint8Array() }
    const body = given.get(url) ?? wanted.standIn(url)
    return { status: 200, headers: { 'content-type': wanted.contentType }, body }
  }
}

/** Whether a URL may have been made from one with variables: what stands before and after them is in it. */
function madeFrom(template: string): (url: string) => boolean {
  const parts = textParts(template)
  const [first, last] = [parts[0], parts.at(-1)]
  const [begin, end] = [typeof first === 'string' ? first : '', typeof last === 'string' ? last : '']
  return (url) => url.length >= begin.length + end.length && url.startsWith(begin) && url.endsWith(end)
}

/** Where the packages are that manifests lead to which nobody gave. */
const PACKAGE = 'https://content.example/package'

interface Wanted {
  readonly contentType: string
  readonly standIn: (url: string) => Uint8Array
}

function urlsIn(type: string, payload: { readonly [key: string]: Json }): readonly (readonly [string, Wanted])[] {
  const { ProfileURL: profile, ManifestURL: manifest, Reference: reference } = payload
  if (typeof profile === 'string') {
    return [[profile, { contentType: 'application/x-apple-aspen-config', standIn: emptyProfile }]]
  }
  if (typeof manifest === 'string') return [[manifest, { contentType: 'application/xml', standIn: packageAt }]]
  if (!isJsonObject(reference) || typeof reference.DataURL !== 'string') return []
  const contentType = typeof reference.ContentType === 'string' ? reference.ContentType : 'application/octet-stream'
  return [[reference.DataURL, { contentType, standIn: () => dataFor(type) }]]
}

function dataFor(type: string): Uint8Array {
  return text.encode(type.startsWith('com.apple.asset.credential') ? '{"UserName":"user","Password":"password"}' : '{}')
}

/** `tool.plist` and `tool.pkg.plist` lead to `com.example.tool`. */
function packageAt(url: string): Uint8Array {
  const [title = 'package'] = (URL.parse(url)?.pathname.split('/').at(-1) ?? '').split('.')
  const metadata = { kind: 'software', 'bundle-identifier': `com.example.${title}`, 'bundle-version': '1.0', title }
  return encodePlist({ items: [{ assets: [{ kind: 'software-package', url: PACKAGE }], metadata }] })
}

function emptyProfile(url: string): Uint8Array {
  const hex = createHash('sha256').update(url).digest('hex').toUpperCase()
  const uuid = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-')
  return text.encode(`<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0"><dict>
<key>PayloadType</key><string>Configuration</string>
<key>PayloadVersion</key><integer>1</integer>
<key>PayloadIdentifier</key><string>profile.${hex.slice(0, 8)}</string>
<key>PayloadUUID</key><string>${uuid}</string>
<key>PayloadContent</key><array/>
</dict></plist>`)
}
