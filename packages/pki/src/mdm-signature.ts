import { decodeBase64, encodeBase64 } from './base64.ts'
import type { Certificate } from './certificate/certificate.ts'
import type { ReadCertificate } from './certificate/certificate-cache.ts'
import { type ChainOptions, clientAuth } from './certificate/chain-options.ts'
import { verifyChain } from './certificate/verify-chain.ts'
import { createSignedData } from './cms/create-signed-data.ts'
import type { KeyPair } from './cms/key-pair.ts'
import { verifySignedData } from './cms/verify-signed-data.ts'
import { PkiError } from './pki-error.ts'

export interface MdmSignatureOptions extends Omit<ChainOptions, 'intermediates' | 'purpose'> {
  /** Tolerates content inside beside the body, if it is the same; devices send none. Default false. */
  readonly attached?: boolean
  /** Reads the signer's certificate: `rememberCertificates`, for a device sends the same one every time. */
  readonly read?: ReadCertificate
}

export interface MdmSigner {
  readonly certificate: Certificate
  /** When the device says it signed, in milliseconds since 1970. Clocks of devices are wrong often enough to only look at it. */
  readonly signingTime: number | undefined
}

/** A device sends about 2 kB of base64; certificates and chains of others may come to more, but not to this. */
const maximumHeaderLength = 32 * 1024

/**
 * Verifies the `Mdm-Signature` header: base64 of a detached CMS signature over the exact body of the request (an empty body for a
 * `GET`), by a certificate for client authentication that one of `roots` stands behind. Whether this signer may speak for the
 * enrollment in the body is the caller's question: compare the certificate's fingerprint with the pinned one.
 * @throws {PkiError} `header`, `base64`, and what `verifySignedData` and `verifyChain` throw
 */
export function verifyMdmSignature(header: string, body: Uint8Array, options: MdmSignatureOptions): MdmSigner {
  const { attached = false, read, ...chain } = options
  if (header.length > maximumHeaderLength) {
    const expected = `${maximumHeaderLength} characters at most`
    throw new PkiError('header', `Cannot read Mdm-Signature: it has ${header.length} characters`, { expected })
  }
  const { signer, signingTime } = verifySignedData(decodeBase64(header, 'Mdm-Signature'), {
    detached: body,
    attachedToo: attached,
    sha1: options.sha1 ?? false,
    ...(read ? { read } : {}),
    accept: (certificate, intermediates) => {
      verifyChain(certificate, { ...chain, intermediates, purpose: clientAuth })
    },
  })
  return { certificate: signer, signingTime }
}

/** Signs a body as a device does when its MDM payload says `SignMessage`. `now` is milliseconds since 1970. */
export function createMdmSignature(body: Uint8Array, signer: KeyPair, now: number): string {
  return encodeBase64(createSignedData(body, { signer, detached: true, signingTime: now }))
}
