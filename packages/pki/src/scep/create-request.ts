import { hash, randomBytes } from 'node:crypto'
import { toHex } from '../bytes.ts'
import type { Certificate } from '../certificate/certificate.ts'
import type { ContentCipher } from '../cms/content-cipher.ts'
import { createEnvelopedData } from '../cms/create-enveloped-data.ts'
import { createSignedData } from '../cms/create-signed-data.ts'
import type { KeyPair } from '../cms/key-pair.ts'
import { sequence } from '../der/writer.ts'
import { nonceAttribute, textAttribute } from './attributes.ts'
import { messageTypes, type RequestType } from './message-type.ts'
import type { ScepExchange } from './read-request.ts'

export interface ScepRequestOptions {
  readonly kind: RequestType
  /** What is asked: a certification request, or for CertPoll what `writePoll` writes. */
  readonly content: Uint8Array
  /** Who signs, and for whom the reply is encrypted: a self-signed certificate at first, the old one for a renewal. RSA. */
  readonly signer: KeyPair
  /** Whose RSA key the content is encrypted for: the authority, or its agent. */
  readonly recipient: Certificate
  /** Default: derived from the signer's key, so that asking again is the same transaction. */
  readonly transactionId?: string
  readonly senderNonce?: Uint8Array
  readonly cipher?: ContentCipher
}

/** Writes a client's PKIMessage (RFC 8894 §3.3), and gives what the reply will repeat. */
export function createScepRequest(options: ScepRequestOptions): ScepExchange & { readonly message: Uint8Array } {
  const { kind, content, signer, recipient, cipher } = options
  const transactionId = options.transactionId ?? toHex(hash('sha256', signer.certificate.publicKeyInfo, 'buffer'))
  const senderNonce = options.senderNonce ?? randomBytes(16)
  const message = createSignedData(createEnvelopedData(content, [recipient], cipher), {
    signer,
    attributes: [
      textAttribute('messageType', String(messageTypes[kind])),
      textAttribute('transactionId', transactionId),
      nonceAttribute('senderNonce', senderNonce),
    ],
  })
  return { transactionId, senderNonce, message }
}

/** The content of CertPoll: IssuerAndSubject (RFC 8894 §3.3.3), both names in DER. */
export function writePoll(issuer: Uint8Array, subject: Uint8Array): Uint8Array {
  return sequence(issuer, subject)
}
