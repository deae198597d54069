import type { KeyObject } from 'node:crypto'
import {
  type Certificate,
  createCertificateRequest,
  createScepRequest,
  createSelfSigned,
  type KeyPair,
  type NameAttribute,
  newPrivateKey,
  readAuthorityCertificates,
  readScepReply,
  type ScepReply,
} from '@edict/pki'

/** Somebody who asks for certificates at `/scep`, a step at a time. */
export interface ScepClient {
  readonly authority: Certificate
  /** Asks with a certificate of its own making. */
  enroll(privateKey: KeyObject, challenge?: string, how?: AskOptions): Promise<ScepReply>
  /** Asks with the old certificate, for another key. */
  renew(old: KeyPair, privateKey: KeyObject, how?: AskOptions): Promise<ScepReply>
  /** Sends a message as it is. */
  post(message: Uint8Array): Promise<Response>
}

interface AskOptions {
  readonly kind?: 'PKCSReq' | 'RenewalReq'
  /** Sends by GET, with the message in the query. */
  readonly byGet?: boolean
  readonly challenge?: string
}

const subject: readonly NameAttribute[] = [{ type: 'CN', value: 'whatever the client likes' }]

export async function scepClient(url: string): Promise<ScepClient> {
  const told = await fetch(`${url}/scep?operation=GetCACert`)
  const type = told.headers.get('content-type') ?? ''
  const [authority] = readAuthorityCertificates(type, new Uint8Array(await told.arrayBuffer()))
  if (authority === undefined) throw new Error('GetCACert was answered with no certificate')
  const post = (message: Uint8Array) =>
    fetch(`${url}/scep?operation=PKIOperation`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-pki-message' },
      body: new Uint8Array(message),
    })
  const ask = async (signer: KeyPair, content: Uint8Array, { kind = 'PKCSReq', byGet = false }: AskOptions) => {
    const { message, ...exchange } = createScepRequest({ kind, content, signer, recipient: authority })
    // As macOS does: base64 in the query, its plus and slash left as they are.
    const query = `operation=PKIOperation&message=${Buffer.from(message).toString('base64')}`
    const response = byGet ? await fetch(`${url}/scep?${query}`) : await post(message)
    const body = new Uint8Array(await response.arrayBuffer())
    if (response.status !== 200) throw new Error(`answered ${response.status}: ${Buffer.from(body).toString()}`)
    return readScepReply(body, { exchange, recipient: signer, authorities: [authority] })
  }
  const request = (privateKey: KeyObject, challenge: string | undefined) =>
    createCertificateRequest({
      subject,
      privateKey,
      ...(challenge === undefined ? {} : { challengePassword: challenge }),
    })
  return {
    authority,
    post,
    enroll: async (privateKey, challenge, how = {}) =>
      ask(await createSelfSigned(subject, privateKey, Date.now()), request(privateKey, challenge), how),
    renew: (old, privateKey, how = {}) => ask(old, request(privateKey, how.challenge), { kind: 'RenewalReq', ...how }),
  }
}

/** The certificate that was issued. */
export function issuedIn(reply: ScepReply): Certificate {
  const certificate = reply.status === 'success' ? reply.certificates[0] : undefined
  if (certificate === undefined) throw new Error(`no certificate was issued: ${JSON.stringify(reply)}`)
  return certificate
}

/** Keys of devices: RSA, for SCEP encrypts to them. */
export function deviceKeys(count: number): Promise<readonly KeyObject[]> {
  return Promise.all(Array.from({ length: count }, () => newPrivateKey('rsa-2048')))
}
