import { randomBytes } from 'node:crypto'
import type { Certificate } from '../certificate/certificate.ts'
import type { Attribute } from '../cms/attributes.ts'
import { writeCertificatesOnly } from '../cms/certificates-only.ts'
import type { ContentCipher } from '../cms/content-cipher.ts'
import { createEnvelopedData } from '../cms/create-enveloped-data.ts'
import { createSignedData } from '../cms/create-signed-data.ts'
import type { KeyPair } from '../cms/key-pair.ts'
import { nonceAttribute, textAttribute } from './attributes.ts'
import { type FailInfo, failInfos } from './fail-info.ts'
import { messageTypes } from './message-type.ts'
import type { ScepExchange } from './read-request.ts'

/** What the authority says to a request. */
export type ScepAnswer =
  /** Encrypted for `recipient`, who signed the request; the issued certificate first, then those above it. */
  | {
      readonly status: 'success'
      readonly certificates: readonly [Certificate, ...Certificate[]]
      readonly recipient: Certificate
      readonly cipher: ContentCipher
    }
  | { readonly status: 'failure'; readonly failInfo: FailInfo; readonly text?: string }
  | { readonly status: 'pending' }

/** pkiStatus (RFC 8894 §3.2.1.3). */
export const pkiStatuses = { success: '0', failure: '2', pending: '3' } as const

/**
 * Writes the CertRep for a request (RFC 8894 §3.3.2), signed by the authority or its agent, whose key is RSA. Failure and pending
 * have empty content: an empty octet string, which more clients understand than none.
 * @throws {PkiError} `key-unsupported` when the recipient's key is not RSA, `key-mismatch`
 */
export function createScepReply(exchange: ScepExchange, answer: ScepAnswer, signer: KeyPair): Uint8Array {
  return createSignedData(contentFor(answer), {
    signer,
    attributes: [
      textAttribute('messageType', String(messageTypes.CertRep)),
      textAttribute('pkiStatus', pkiStatuses[answer.status]),
      textAttribute('transactionId', exchange.transactionId),
      nonceAttribute('senderNonce', randomBytes(16)),
      nonceAttribute('recipientNonce', exchange.senderNonce),
      ...(answer.status === 'failure' ? failure(answer.failInfo, answer.text) : []),
    ],
  })
}

function contentFor(answer: ScepAnswer): Uint8Array {
  if (answer.status !== 'success') return new Uint8Array()
  return createEnvelopedData(writeCertificatesOnly(answer.certificates), [answer.recipient], answer.cipher)
}

function failure(failInfo: FailInfo, text: string | undefined): readonly Attribute[] {
  const code = textAttribute('failInfo', String(failInfos.indexOf(failInfo)))
  return text === undefined ? [code] : [code, textAttribute('failInfoText', text)]
}
