import type { IncomingMessage } from 'node:http'
import {
  type Certificate,
  clientAuth,
  type ReadCertificate,
  readClientCertHeader,
  readEscapedCertHeader,
  verifyChain,
  verifyMdmSignature,
} from '@edict/pki'
import { DeviceError } from '../device/device-error.ts'
import { bearerOf } from '../enroll/bearer.ts'
import type { DeviceSettings, Services } from '../services.ts'
import type { Proven } from './proven.ts'
import { refusingProof } from './refuse-proof.ts'
import { tlsCertificates } from './tls-certificate.ts'

const SIGNATURE = 'mdm-signature'

type Request = Pick<IncomingMessage, 'socket' | 'headers'>
type Uses = Pick<Services, 'anchored' | 'readCertificate' | 'now' | 'settings'>

/** A certificate, and how it was proved. */
type Proof = Omit<Proven, 'token'>

/**
 * Finds out whose certificate a request was made with: that of its TLS connection, of the `Mdm-Signature` over its body, or the one
 * that a trusted proxy tells. All that are there have to hold and to be the same; it has to lead to one of our anchors, be valid now,
 * and be for clients. Null where devices are believed without.
 *
 * @param body as it came
 * @throws DeviceError `identity-unproved`, `identity-proof-broken`, `identity-untrusted`, `identity-ambiguous`,
 * `identity-header-refused`
 */
export async function prove(request: Request, body: Uint8Array, services: Uses): Promise<Proven | null> {
  const { settings, readCertificate: read } = services
  if (settings.insecureDevices) return null
  refuseUnproved(request, settings)
  const now = services.now()
  const [first, ...others] = await services.anchored((roots) => {
    const rules: Rules = { roots, now, read, settings }
    return [...fromConnection(request, rules), ...fromProxy(request, rules), ...fromSignature(request, body, rules)]
  })
  if (first === undefined) throw unproved()
  for (const other of others) {
    if (other.certificate.fingerprint === first.certificate.fingerprint) continue
    throw new DeviceError('identity-ambiguous', 'Cannot believe this device: it proved to be two different ones', {
      found: `${first.by} and ${other.by}`,
      expected: 'the same certificate for the connection and for the signature',
    })
  }
  return { ...first, token: bearerOf(request.headers) }
}

/**
 * Refuses a request that cannot prove anything, by its headers and its connection alone: of a stranger no body is read.
 *
 * @throws DeviceError `identity-unproved`, `identity-header-refused`
 */
export function refuseUnproved(request: Request, settings: DeviceSettings): void {
  if (settings.insecureDevices) return
  const { proxy } = settings
  const toldBy = proxy !== null && given(request, proxy.header) !== undefined ? proxy : null
  if (toldBy !== null && !toldBy.isTrusted(request.socket.remoteAddress)) {
    throw new DeviceError('identity-header-refused', 'Cannot believe this certificate: only a proxy may tell of it', {
      at: toldBy.header,
      expected: 'no such header, or a request from a --trusted-proxy',
    })
  }
  if (toldBy !== null || given(request, SIGNATURE) !== undefined) return
  if (!isFromProxy(request, settings) && tlsCertificates(request).length > 0) return
  throw unproved()
}

interface Rules {
  readonly roots: readonly Certificate[]
  readonly now: number
  readonly read: ReadCertificate
  readonly settings: DeviceSettings
}

/** The certificate that a proxy connects with is the proxy's own, and no device's. */
function fromConnection(request: Request, rules: Rules): readonly Proof[] {
  if (isFromProxy(request, rules.settings)) return []
  const shown = tlsCertificates(request)
  if (shown.length === 0) return []
  const certificate = refusingProof('the TLS connection', () => {
    const [own, ...intermediates] = shown.map(rules.read)
    if (own === undefined) throw unproved()
    return verified(own, intermediates, rules)
  })
  return [{ certificate, by: 'tls' }]
}

function fromProxy(request: Request, rules: Rules): readonly Proof[] {
  const { proxy } = rules.settings
  const value = proxy === null ? undefined : given(request, proxy.header)
  if (proxy === null || value === undefined) return []
  const readHeader = proxy.header === 'client-cert' ? readClientCertHeader : readEscapedCertHeader
  const certificate = refusingProof(proxy.header, () => verified(readHeader(value, rules.read), [], rules))
  return [{ certificate, by: 'proxy' }]
}

function fromSignature(request: Request, body: Uint8Array, { settings, ...rules }: Rules): readonly Proof[] {
  const value = given(request, SIGNATURE)
  if (value === undefined) return []
  const lenient = settings.lenientSignatures
  const { certificate } = refusingProof('Mdm-Signature', () =>
    verifyMdmSignature(value, body, { ...rules, attached: lenient, sha1: lenient }),
  )
  return [{ certificate, by: 'signature' }]
}

function verified(certificate: Certificate, intermediates: readonly Certificate[], { roots, now }: Rules): Certificate {
  verifyChain(certificate, { roots, intermediates, now, purpose: clientAuth })
  return certificate
}

function isFromProxy({ socket }: Request, { proxy }: DeviceSettings): boolean {
  return proxy?.isTrusted(socket.remoteAddress) ?? false
}

/** A header's value; Node joins those that came twice by a comma, which none of ours can have. An empty one is none. */
function given({ headers }: Request, name: string): string | undefined {
  const value = headers[name]
  const text = Array.isArray(value) ? value.join(', ') : value
  return text === undefined || text.trim() === '' ? undefined : text
}

function unproved(): DeviceError {
  return new DeviceError('identity-unproved', 'Cannot believe this device: it did not prove who it is', {
    expected: 'a client certificate, or an Mdm-Signature over the body',
  })
}
