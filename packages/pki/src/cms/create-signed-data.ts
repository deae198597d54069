import { type KeyObject, sign } from 'node:crypto'
import { type Digest, digestBytes, writeDigestAlgorithm } from '../algorithm/digest.ts'
import { writeAlgorithm } from '../algorithm/identifier.ts'
import { rsaEncryption } from '../algorithm/signature-scheme.ts'
import { sameBytes } from '../bytes.ts'
import type { Certificate } from '../certificate/certificate.ts'
import { context, integer, nullValue, octetString, oid, sequence, setOf, time } from '../der/writer.ts'
import { PkiError } from '../pki-error.ts'
import { type Attribute, implicitZero, writeAttributes } from './attributes.ts'
import { writeContentInfo } from './content-info.ts'
import { attributeTypes, contentTypes } from './content-type.ts'
import { writeIssuerAndSerial } from './key-holder.ts'
import { type KeyPair, refuseForeignKey } from './key-pair.ts'

export interface SignOptions {
  readonly signer: KeyPair
  /** Leaves the content out. Default false. */
  readonly detached?: boolean
  /** Dotted decimal. Default `data`. */
  readonly contentType?: string
  /** Certificates to send beside the signer's: the authorities above it. */
  readonly certificates?: readonly Certificate[]
  /** Default SHA-256. */
  readonly digest?: Exclude<Digest, 'sha1'>
  /** Milliseconds since 1970; left out when absent. */
  readonly signingTime?: number
  /** Further signed attributes. */
  readonly attributes?: readonly Attribute[]
}

const ecdsa: Readonly<Record<Exclude<Digest, 'sha1'>, string>> = {
  sha256: '1.2.840.10045.4.3.2',
  sha384: '1.2.840.10045.4.3.3',
  sha512: '1.2.840.10045.4.3.4',
}

/**
 * Signs content as CMS signed data in DER (RFC 5652 §5), with signed attributes. For RSA keys the signature algorithm is
 * `rsaEncryption`, for that is the only one which some SCEP clients (strongSwan 5.9) take.
 * @throws {PkiError} `key-mismatch` when the certificate belongs to another key, `key-unsupported` unless RSA or EC
 */
export function createSignedData(content: Uint8Array, options: SignOptions): Uint8Array {
  const { signer, detached = false, contentType = contentTypes.data, digest = 'sha256' } = options
  refuseForeignKey(signer)
  const extra = (options.certificates ?? []).filter((one) => !sameBytes(one.der, signer.certificate.der))
  const body = sequence(
    integer(contentType === contentTypes.data ? 1 : 3),
    setOf(writeDigestAlgorithm(digest)),
    sequence(oid(contentType), ...(detached ? [] : [context(0, octetString(content))])),
    context(0, signer.certificate.der, ...extra.map((one) => one.der)),
    setOf(writeSigner(digestBytes(digest, content), { ...options, contentType, digest })),
  )
  return writeContentInfo(contentTypes.signedData, body)
}

function writeSigner(
  digested: Uint8Array,
  options: SignOptions & Required<Pick<SignOptions, 'contentType' | 'digest'>>,
) {
  const { signer, contentType, digest, signingTime, attributes = [] } = options
  const signed = writeAttributes([
    { oid: attributeTypes.contentType, value: oid(contentType) },
    { oid: attributeTypes.messageDigest, value: octetString(digested) },
    ...(signingTime === undefined ? [] : [{ oid: attributeTypes.signingTime, value: time(signingTime) }]),
    ...attributes,
  ])
  const implicit = Uint8Array.from(signed)
  implicit[0] = implicitZero
  return sequence(
    integer(1),
    writeIssuerAndSerial(signer.certificate),
    writeDigestAlgorithm(digest),
    implicit,
    signatureAlgorithm(signer.privateKey, digest),
    octetString(sign(digest, signed, signer.privateKey)),
  )
}

function signatureAlgorithm(key: KeyObject, digest: Exclude<Digest, 'sha1'>): Uint8Array {
  if (key.asymmetricKeyType === 'rsa') return writeAlgorithm(rsaEncryption, nullValue)
  if (key.asymmetricKeyType === 'ec') return writeAlgorithm(ecdsa[digest])
  const found = key.asymmetricKeyType
  throw new PkiError('key-unsupported', `Cannot sign CMS: found a key of type ${found}`, {
    found,
    expected: 'RSA or EC',
  })
}
