import { appleDeviceMarker } from '../apple-device-marker.ts'
import type { Certificate } from '../certificate/certificate.ts'
import { clientAuth } from '../certificate/chain-options.ts'
import type { Extension } from '../certificate/extensions.ts'
import { encodeName, type NameAttribute } from '../certificate/name.ts'
import { type KeyPair, refuseForeignKey } from '../cms/key-pair.ts'
import { nullValue } from '../der/writer.ts'
import { PkiError } from '../pki-error.ts'
import { backdating, day } from './authority.ts'
import type { CertificateRequest } from './certificate-request.ts'
import {
  authorityKeyIdentifier,
  basicConstraints,
  extendedKeyUsage,
  keyIdentifier,
  keyUsage,
  subjectKeyIdentifier,
  uriNames,
} from './extension-values.ts'
import { randomSerial } from './serial.ts'
import { signCertificate } from './sign-certificate.ts'

export interface IssueOptions {
  /** Whom the certificate names. What the request calls itself does not matter. */
  readonly subject: readonly NameAttribute[]
  /** Alternative names: URIs in ASCII. */
  readonly uris?: readonly string[]
  /** Milliseconds since 1970. */
  readonly now: number
  /** Shortened to the authority's own end. */
  readonly days: number
  /** Default: 16 random octets. */
  readonly serial?: Uint8Array
}

/** What a certificate is issued for: a request, which has proved that it holds its key. */
type Requested = Pick<CertificateRequest, 'publicKey' | 'publicKeyInfo'>

/**
 * Issues a client identity for the key of a request. Only the key is taken from it; names, usage and dates are the server's.
 * @throws {PkiError} `name`, `validity` when the authority is not valid at `now`, `key-mismatch`, `serial`
 */
export async function issueIdentity(authority: KeyPair, request: CertificateRequest, options: IssueOptions) {
  return await issue(authority, request, options, [extendedKeyUsage(clientAuth)])
}

/**
 * Issues the certificate of a SCEP registration authority: it signs and decrypts SCEP messages in place of an authority whose
 * key cannot (EC) or should not. The key is the server's own.
 */
export async function issueScepAgent(authority: KeyPair, key: Requested, options: IssueOptions): Promise<Certificate> {
  return await issue(authority, key, options, [])
}

/** Issues what Apple gives to each device that leaves the factory, as far as its kind goes: for simulated devices. */
export async function issueDeviceCertificate(authority: KeyPair, key: Requested, options: IssueOptions) {
  const marker = { oid: appleDeviceMarker, critical: false, value: nullValue }
  return await issue(authority, key, options, [marker])
}

async function issue(authority: KeyPair, key: Requested, options: IssueOptions, more: readonly Extension[]) {
  const { subject, uris = [], now, days, serial } = options
  const { certificate: issuer, privateKey } = authority
  refuseForeignKey(authority)
  if (now < issuer.notBefore || now > issuer.notAfter || !issuer.basicConstraints?.authority) {
    const expected = 'a valid authority'
    throw new PkiError('validity', 'Cannot issue certificate: the authority is not valid now', {
      found: new Date(now),
      expected,
    })
  }
  const usages = key.publicKey.asymmetricKeyType === 'rsa' ? (['keyEncipherment'] as const) : []
  const fields = {
    serial: serial ?? randomSerial(),
    issuer: issuer.subject,
    subject: encodeName(subject),
    notBefore: Math.max(now - backdating, issuer.notBefore),
    notAfter: Math.min(now + days * day, issuer.notAfter),
    publicKeyInfo: key.publicKeyInfo,
    extensions: [
      basicConstraints(false),
      keyUsage('digitalSignature', ...usages),
      ...more,
      subjectKeyIdentifier(keyIdentifier(key.publicKeyInfo)),
      authorityKeyIdentifier(issuer.subjectKeyIdentifier ?? keyIdentifier(issuer.publicKeyInfo)),
      ...(uris.length > 0 ? [uriNames(...uris)] : []),
    ],
  }
  return await signCertificate(fields, privateKey, issuer.publicKey)
}
