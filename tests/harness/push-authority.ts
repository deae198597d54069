import {
  createAuthority,
  createCertificateRequest,
  encodePem,
  issueIdentity,
  issueScepAgent,
  newPrivateKey,
  readCertificateRequest,
} from '@edict/pki'
import { trustedLocalhost } from './tls-ground.ts'

/** Who issues push certificates in the place of Apple, and the TLS side of the push service's double. */
export interface PushAuthority {
  /** For `startApnsDouble`: by a name and a certificate that this process trusts. */
  readonly tls: { readonly cert: string; readonly key: string; readonly clientCa: string; readonly refuse: 'answer' }
  issue(topic: string, wish?: PushCertificateWish): Promise<PushPem>
  /** Signs a request as Apple does: with a subject of its own. */
  sign(topic: string, request: string, wish?: PushCertificateWish): Promise<string>
}

export interface PushPem {
  readonly certificate: string
  readonly key: string
}

export interface PushCertificateWish {
  /** Milliseconds since the epoch. */
  readonly now?: number
  readonly days?: number
  /** Without the purpose of clients. */
  readonly forServers?: boolean
}

export async function pushAuthority(): Promise<PushAuthority> {
  const name = [{ type: 'CN', value: 'Push Integration CA' }] as const
  const authority = await createAuthority({ name, key: 'p-256', now: Date.now() - 400 * DAY, days: 4000 })
  const { cert, key } = await trustedLocalhost()
  const issued = async (topic: string, der: Uint8Array, wish: PushCertificateWish) => {
    const { now = Date.now(), days = 365, forServers = false } = wish
    const subject = [
      { type: 'CN', value: `APSP:${topic.slice(-36)}` },
      { type: 'UID', value: topic },
    ] as const
    const issue = forServers ? issueScepAgent : issueIdentity
    const certificate = await issue(authority, readCertificateRequest(der), { subject, now, days })
    return encodePem(certificate.der, 'CERTIFICATE')
  }
  return {
    tls: { cert, key, clientCa: encodePem(authority.certificate.der, 'CERTIFICATE'), refuse: 'answer' },
    async issue(topic, wish = {}) {
      const privateKey = await newPrivateKey('p-256')
      const request = createCertificateRequest({ subject: [{ type: 'CN', value: 'request' }], privateKey })
      return {
        certificate: await issued(topic, request, wish),
        key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
      }
    },
    async sign(topic, request, wish = {}) {
      const body = request.replaceAll(/-----[A-Z ]+-----|\s/g, '')
      return issued(topic, Buffer.from(body, 'base64'), wish)
    },
  }
}

const DAY = 86_400_000
