import { sameBytes } from '../bytes.ts'
import type { Certificate } from '../certificate/certificate.ts'
import type { Attributes } from '../cms/attributes.ts'
import { readCertificatesOnly } from '../cms/certificates-only.ts'
import { decryptEnvelopedData } from '../cms/decrypt-enveloped-data.ts'
import type { KeyPair } from '../cms/key-pair.ts'
import { verifySignedData } from '../cms/verify-signed-data.ts'
import { PkiError } from '../pki-error.ts'
import { nonceOf, optionalText, textOf } from './attributes.ts'
import { pkiStatuses } from './create-reply.ts'
import { type FailInfo, failInfos } from './fail-info.ts'
import { messageTypes } from './message-type.ts'
import type { ScepExchange } from './read-request.ts'

export type ScepReply =
  | { readonly status: 'success'; readonly certificates: readonly Certificate[] }
  | { readonly status: 'failure'; readonly failInfo: FailInfo; readonly text: string | undefined }
  | { readonly status: 'pending' }

export interface ScepReplyOptions {
  /** What the request said: `createScepRequest` gives it. */
  readonly exchange: ScepExchange
  /** Who signed the request. */
  readonly recipient: KeyPair
  /** The authority, and its agent: one of them must have signed. */
  readonly authorities: readonly Certificate[]
}

/**
 * Reads the CertRep to a request of one's own (RFC 8894 §3.3.2).
 * @throws {PkiError} `scep-stranger` when nobody of the authorities signed, `scep-exchange` when it answers something else, and
 * the codes of CMS
 */
export function readScepReply(bytes: Uint8Array, { exchange, recipient, authorities }: ScepReplyOptions): ScepReply {
  const { content, signedAttributes } = verifySignedData(bytes, {
    absentIsEmpty: true,
    certificates: authorities,
    accept: (signer) => refuseStranger(signer, authorities),
  })
  refuseOtherExchange(signedAttributes, exchange)
  const status = textOf(signedAttributes, 'pkiStatus')
  if (status === pkiStatuses.pending) return { status: 'pending' }
  if (status === pkiStatuses.success) {
    return { status: 'success', certificates: readCertificatesOnly(decryptEnvelopedData(content, recipient)) }
  }
  const failInfo = failInfos[Number(textOf(signedAttributes, 'failInfo'))]
  if (status !== pkiStatuses.failure || !failInfo) {
    throw new PkiError('scep-status', `Cannot read SCEP reply: found status ${status}`, { found: status })
  }
  return { status: 'failure', failInfo, text: optionalText(signedAttributes, 'failInfoText') }
}

function refuseStranger(signer: Certificate, authorities: readonly Certificate[]): void {
  if (!authorities.some((one) => one.fingerprint === signer.fingerprint)) {
    throw new PkiError('scep-stranger', 'Cannot trust SCEP reply: the authority did not sign it', {
      found: signer.x509.subject,
    })
  }
}

function refuseOtherExchange(attributes: Attributes, { transactionId, senderNonce }: ScepExchange): void {
  const isReply = textOf(attributes, 'messageType') === String(messageTypes.CertRep)
  const sameTransaction = textOf(attributes, 'transactionId') === transactionId
  if (!isReply || !sameTransaction || !sameBytes(nonceOf(attributes, 'recipientNonce'), senderNonce)) {
    throw new PkiError('scep-exchange', 'Cannot read SCEP reply: it answers another request', {
      expected: transactionId,
    })
  }
}
