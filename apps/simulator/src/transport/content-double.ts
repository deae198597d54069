import { createHash } from 'node:crypto'
import type { Answer } from '@edict/device'
import { encodePlist } from '@edict/protocol'

interface Content {
  readonly type: string
  readonly body: (url: URL) => Uint8Array
}

const utf8 = new TextEncoder()
const text = (content: string) => () => utf8.encode(content)

const credential: Content = { type: 'application/json', body: text('{"UserName":"user","Password":"password"}') }

/** By the extension of the path. */
const byExtension: Readonly<Record<string, Content>> = {
  json: credential,
  plist: { type: 'application/x-plist', body: manifest },
  pkg: { type: 'application/octet-stream', body: text('A package of a double\n') },
  txt: { type: 'text/plain; charset=utf-8', body: text('Content of a double\n') },
  pem: { type: 'application/x-pem-file', body: text('-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n') },
  cer: { type: 'application/pkix-cert', body: () => new Uint8Array([0x30, 0]) },
  p12: { type: 'application/x-pkcs12', body: () => new Uint8Array([0x30, 0]) },
  // The end record of an archive without entries.
  zip: { type: 'application/zip', body: () => new Uint8Array([0x50, 0x4b, 5, 6, ...new Array<number>(18).fill(0)]) },
}

const profile: Content = { type: 'application/x-apple-aspen-config', body: emptyProfile }

/**
 * What stands in for the web at hosts that nobody owns, so that declarations that point there can be obeyed: a small
 * profile, or an asset where the path's extension or words say so. The path `/status/404` is answered 404, and so for every other status.
 */
export function contentDouble(url: URL): Answer {
  const [, failure] = /^\/status\/([1-5]\d\d)(?:\/|$)/.exec(url.pathname) ?? []
  if (failure !== undefined)
    return { status: Number(failure), headers: { 'content-length': '0' }, body: new Uint8Array() }
  const [, extension = ''] = /\.([a-z0-9]+)$/.exec(url.pathname.toLowerCase()) ?? []
  const { type, body } = contentFor(url.pathname, extension)
  const bytes = body(url)
  return { status: 200, headers: { 'content-type': type, 'content-length': String(bytes.byteLength) }, body: bytes }
}

/** Who asks does not say what for, so a path without a telling extension is judged by its words. */
function contentFor(path: string, extension: string): Content {
  const byItsEnd = Object.hasOwn(byExtension, extension) ? byExtension[extension] : undefined
  if (byItsEnd !== undefined) return byItsEnd
  return extension !== 'mobileconfig' && /credential|password|account|identity/i.test(path) ? credential : profile
}

/** The manifest of a package that is beside it. */
function manifest(url: URL): Uint8Array {
  const name =
    url.pathname
      .split('/')
      .at(-1)
      ?.replace(/\.plist$/i, '') || url.hostname
  const assets = [{ kind: 'software-package', url: url.href.replace(/\.plist$/i, '.pkg') }]
  const metadata = {
    kind: 'software',
    'bundle-identifier': `com.example.${name}`,
    'bundle-version': '1.0',
    title: name,
  }
  return encodePlist({ items: [{ assets, metadata }] })
}

/** A profile without payloads. One URL always gives the same identifiers. */
function emptyProfile(url: URL): Uint8Array {
  const hex = createHash('sha256').update(url.href).digest('hex').toUpperCase()
  return encodePlist({
    PayloadType: 'Configuration',
    PayloadVersion: 1,
    PayloadIdentifier: `example.profile.${hex.slice(0, 16)}`,
    PayloadUUID: `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-A${hex.slice(17, 20)}-${hex.slice(20, 32)}`,
    PayloadDisplayName: url.pathname.split('/').at(-1) || url.hostname,
    PayloadContent: [],
  })
}
