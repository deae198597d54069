import { timingSafeEqual } from 'node:crypto'
import { type Digest, digestBytes, digestOf, refuseWeakDigest } from '../algorithm/digest.ts'
import { hasNoParameters } from '../algorithm/identifier.ts'
import { type SignatureScheme, signatureScheme } from '../algorithm/signature-scheme.ts'
import { verifySignature } from '../algorithm/verify-signature.ts'
import { sameBytes } from '../bytes.ts'
import { type Certificate, readCertificate } from '../certificate/certificate.ts'
import type { ReadCertificate } from '../certificate/certificate-cache.ts'
import { definite } from '../der/definite.ts'
import { readWhole } from '../der/read-whole.ts'
import { PkiError } from '../pki-error.ts'
import { type Attributes, oneValue, optionalValue } from './attributes.ts'
import { attributeTypes, contentTypes } from './content-type.ts'
import { names } from './key-holder.ts'
import { readSignedData, type SignedData, type SignerInfo } from './signed-data.ts'

export interface VerifyOptions {
  /** The content of a detached signature. Without it the content must be inside. */
  readonly detached?: Uint8Array
  /** Allows content inside beside `detached`, if both are the same octets. Default false. */
  readonly attachedToo?: boolean
  /** Takes content that is nowhere for empty, as SCEP has it in failures. Default false. */
  readonly absentIsEmpty?: boolean
  /** The content type (dotted decimal) that must have been signed. Default `data`. */
  readonly contentType?: string
  /** Allows SHA-1. Default false. */
  readonly sha1?: boolean
  /** Throws when the signer is not somebody to trust (see `verifyChain`); `others` are the certificates that came along. */
  readonly accept?: (signer: Certificate, others: readonly Certificate[]) => void
  /** Certificates the message may have left out. */
  readonly certificates?: readonly Certificate[]
  /** Reads the certificates in the message: `rememberCertificates`. */
  readonly read?: ReadCertificate
}

export interface Verified {
  readonly content: Uint8Array
  readonly signer: Certificate
  /** What came along in the message, the signer's own included. */
  readonly certificates: readonly Certificate[]
  readonly digest: Digest
  readonly signedAttributes: Attributes
  /** When the signer says it signed, in milliseconds since 1970. Its clock may be wrong. */
  readonly signingTime: number | undefined
}

/**
 * Verifies CMS signed data (RFC 5652 §5), DER or BER: the signature over the signed attributes, and that these name the digest and
 * the type of this very content. A signer without signed attributes is refused. With several signers, exactly one must be
 * acceptable. Without `accept` the signer is anybody with a key: trust is the caller's question.
 * @throws {PkiError} `signature-wrong`, `digest-wrong`, `content-missing`, `content-attached`, `content-type`, `signer-missing`,
 * `signer-ambiguous`, `certificate-missing`, `attribute-missing`, `algorithm-weak`, `algorithm-unsupported`, what `accept`
 * throws, and the codes of broken encoding
 */
export function verifySignedData(bytes: Uint8Array, options: VerifyOptions = {}): Verified {
  const signed = readSignedData(definite(bytes))
  const content = contentOf(signed, options)
  const certificates = signed.certificates.map(options.read ?? readCertificate)
  const accepted: Verified[] = []
  let reason: PkiError | undefined
  for (const signer of signed.signers) {
    try {
      accepted.push(verifySigner(signer, signed, content, certificates, options))
    } catch (refusal) {
      if (!(refusal instanceof PkiError)) throw refusal
      reason ??= refusal
    }
  }
  const [verified, ...more] = accepted
  if (more.length > 0) throw refuse('signer-ambiguous', 'more than one signer is acceptable', accepted.length, 'one')
  if (!verified) throw reason ?? refuse('signer-missing', 'nobody signed it', 0, 'one')
  return verified
}

function contentOf(signed: SignedData, options: VerifyOptions): Uint8Array {
  const { detached, attachedToo = false, contentType = contentTypes.data } = options
  if (signed.contentType !== contentType) {
    throw refuse('content-type', 'its content is of another type', signed.contentType, contentType)
  }
  const content = detached ?? signed.content ?? (options.absentIsEmpty ? new Uint8Array() : undefined)
  if (!content) throw refuse('content-missing', 'its content is elsewhere', 'a detached signature', 'content inside')
  if (detached && signed.content && !(attachedToo && sameBytes(detached, signed.content))) {
    throw refuse('content-attached', 'it carries content of its own', 'content inside', 'a detached signature')
  }
  return content
}

function verifySigner(
  info: SignerInfo,
  { digestAlgorithms, contentType }: SignedData,
  content: Uint8Array,
  certificates: readonly Certificate[],
  { sha1 = false, accept, certificates: known = [] }: VerifyOptions,
): Verified {
  const digest = digestOf(info.digestAlgorithm)
  refuseWeakDigest(digest, sha1)
  if (!digestAlgorithms.some((one) => one.oid === info.digestAlgorithm.oid && hasNoParameters(one))) {
    throw refuse('digest-unlisted', 'the digest is not among those listed in front', digest)
  }
  const { octets, attributes } = info.signedAttributes ?? fail('attribute-missing', 'it has no signed attributes')
  compareAttributes(attributes, contentType, digestBytes(digest, content))
  const signers = [...certificates, ...known].filter((one) => names(info.holder, one))
  const scheme = signatureScheme(info.signatureAlgorithm)
  const signer = whoSigned(signers, scheme, digest, octets, info.signature)
  accept?.(signer, certificates)
  return { content, signer, certificates, digest, signedAttributes: attributes, signingTime: signingTime(attributes) }
}

/** Who signs names both in the attributes, so that a signature cannot be carried over to other content. */
function compareAttributes(attributes: Attributes, contentType: string, digest: Uint8Array): void {
  const type = readWhole(oneValue(attributes, attributeTypes.contentType, 'contentType'), (reader) => reader.oid())
  if (type !== contentType) throw refuse('content-type', 'another content type was signed', type, contentType)
  const value = oneValue(attributes, attributeTypes.messageDigest, 'messageDigest')
  const signed = readWhole(value, (reader) => reader.octetString())
  if (signed.length !== digest.length || !timingSafeEqual(signed, digest)) {
    fail('digest-wrong', 'the content is not the one that was signed')
  }
}

/** Several certificates may share a key identifier: the key that verifies decides, and then the first certificate with it. */
function whoSigned(
  signers: readonly Certificate[],
  scheme: SignatureScheme,
  digest: Digest,
  octets: Uint8Array,
  signature: Uint8Array,
): Certificate {
  if (signers.length === 0) fail('certificate-missing', "the signer's certificate is not there")
  for (const signer of signers) {
    if (verifySignature(scheme, digest, signer.publicKey, octets, signature)) return signer
  }
  return fail('signature-wrong', 'the signature does not fit')
}

function signingTime(attributes: Attributes): number | undefined {
  const value = optionalValue(attributes, attributeTypes.signingTime, 'signingTime')
  return value && readWhole(value, (reader) => reader.time())
}

function refuse(code: string, why: string, found: unknown, expected?: string): PkiError {
  return new PkiError(code, `Cannot verify CMS: ${why}`, { found, ...(expected === undefined ? {} : { expected }) })
}

function fail(code: string, why: string): never {
  throw new PkiError(code, `Cannot verify CMS: ${why}`)
}
