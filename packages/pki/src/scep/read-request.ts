import { sameBytes } from '../bytes.ts'
import type { Certificate } from '../certificate/certificate.ts'
import { isSelfSigned } from '../certificate/is-self-signed.ts'
import { refuseWeakKey } from '../certificate/weak-key.ts'
import type { ContentCipher } from '../cms/content-cipher.ts'
import { openEnvelope } from '../cms/decrypt-enveloped-data.ts'
import { readEnvelopedData } from '../cms/enveloped-data.ts'
import type { KeyPair } from '../cms/key-pair.ts'
import { type Verified, verifySignedData } from '../cms/verify-signed-data.ts'
import { readWhole } from '../der/read-whole.ts'
import { tags } from '../der/tag.ts'
import { type CertificateRequest, readCertificateRequest } from '../issue/certificate-request.ts'
import { PkiError } from '../pki-error.ts'
import { nonceOf, textOf } from './attributes.ts'
import { type FailInfo, failInfoOf } from './fail-info.ts'
import { requestType } from './message-type.ts'

/** What the answer to a request has to repeat. */
export interface ScepExchange {
  readonly transactionId: string
  readonly senderNonce: Uint8Array
}

/**
 * A first request is signed by the key it asks a certificate for (`self-signed`): only its challenge speaks for it. Else a
 * certificate signed, which the caller must find to be one of its own, by chain and by pin.
 */
export type ScepRequest = ScepExchange & {
  readonly signer: Certificate
  readonly cipher: ContentCipher
} & (
    | {
        readonly kind: 'PKCSReq'
        readonly signedBy: 'self-signed' | 'certificate'
        readonly request: CertificateRequest
      }
    | { readonly kind: 'RenewalReq'; readonly signedBy: 'certificate'; readonly request: CertificateRequest }
    /** Asks again for what was left pending: names in DER. */
    | { readonly kind: 'CertPoll'; readonly issuer: Uint8Array; readonly subject: Uint8Array }
  )

/** A request that deserves an answer, but no certificate. */
export interface RefusedScepRequest extends ScepExchange {
  readonly kind: 'refused'
  readonly failInfo: FailInfo
  /** For the log, not for the client. */
  readonly reason: PkiError
}

/**
 * Reads a PKIMessage from a client (RFC 8894 §3): verifies who signed it, lets only the known message types pass, and only then
 * decrypts, with the authority's key. Whatever goes wrong from decrypting to reading what was inside is one and the same error
 * (`scep-envelope`), for anybody can ask. The request has proved to hold its key; nothing here decides whether it gets one.
 * `sha1` and `des` (single DES) are for old clients. @throws {PkiError} when there is not even a signed transaction to answer
 */
export function readScepRequest(
  bytes: Uint8Array,
  recipient: KeyPair,
  { sha1 = false, des = false }: { readonly sha1?: boolean; readonly des?: boolean } = {},
): ScepRequest | RefusedScepRequest {
  const message = verifySignedData(bytes, { sha1 })
  const transactionId = textOf(message.signedAttributes, 'transactionId')
  const exchange = { transactionId, senderNonce: nonceOf(message.signedAttributes, 'senderNonce') }
  try {
    return { ...exchange, ...readBody(message, recipient, sha1, des) }
  } catch (reason) {
    if (!(reason instanceof PkiError)) throw reason
    return { ...exchange, kind: 'refused', failInfo: failInfoOf(reason), reason }
  }
}

function readBody({ content, signer, signedAttributes }: Verified, recipient: KeyPair, sha1: boolean, des: boolean) {
  const type = textOf(signedAttributes, 'messageType')
  const kind = requestType(type)
  if (!kind) {
    throw new PkiError('scep-message-type', `Cannot answer SCEP message: its type is ${type}`, {
      found: type,
      expected: 'PKCSReq (19), RenewalReq (17) or CertPoll (20)',
    })
  }
  refuseWeakKey(signer.publicKey)
  const envelope = readEnvelopedData(content, { des })
  const open = <T>(read: (inside: Uint8Array) => T): T => {
    try {
      return read(openEnvelope(envelope, recipient))
    } catch {
      throw new PkiError('scep-envelope', 'Cannot open SCEP message: its envelope does not hold a request for this key')
    }
  }
  // Who sends single DES reads AES: the answer need not be as weak as the question.
  const sender = { signer, cipher: envelope.cipher === 'des' ? ('aes-128' as const) : envelope.cipher }
  if (kind === 'CertPoll') return { kind, ...sender, ...open(readPoll) }
  const request = open((inside) => readCertificateRequest(inside, { sha1 }))
  return { ...sender, request, ...who(kind, signer, request) }
}

/** Who signed, and whether that kind of signer may send this kind of request (RFC 8894 §2.3). */
function who(kind: 'PKCSReq' | 'RenewalReq', signer: Certificate, request: CertificateRequest) {
  if (!isSelfSigned(signer)) return { kind, signedBy: 'certificate' as const }
  if (kind === 'RenewalReq') {
    throw new PkiError(
      'scep-signer',
      'Cannot renew by SCEP: a certificate of its own signed the request, not the old one',
    )
  }
  if (!sameBytes(signer.publicKeyInfo, request.publicKeyInfo)) {
    throw new PkiError('scep-signer', 'Cannot enroll by SCEP: another key signed the request than the one it is for')
  }
  return { kind, signedBy: 'self-signed' as const }
}

/** IssuerAndSubject (RFC 8894 §3.3.3). */
function readPoll(bytes: Uint8Array) {
  return readWhole(bytes, (reader) => {
    const body = reader.sequence()
    const names = { issuer: body.raw(tags.sequence), subject: body.raw(tags.sequence) }
    body.finish()
    return names
  })
}
