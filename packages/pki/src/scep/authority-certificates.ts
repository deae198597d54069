import { type Certificate, readCertificate } from '../certificate/certificate.ts'
import { readCertificatesOnly, writeCertificatesOnly } from '../cms/certificates-only.ts'
import { PkiError } from '../pki-error.ts'

/** The answer to GetCACert (RFC 8894 §4.2): what SCEP calls its two media types depends on how many there are. */
export interface AuthorityCertificates {
  readonly contentType: 'application/x-x509-ca-cert' | 'application/x-x509-ca-ra-cert'
  readonly body: Uint8Array
}

/** Writes the authority alone as it is; an agent and those above it as certificates only, the agent first. */
export function writeAuthorityCertificates(
  certificates: readonly [Certificate, ...Certificate[]],
): AuthorityCertificates {
  const [first, ...more] = certificates
  if (more.length === 0) return { contentType: 'application/x-x509-ca-cert', body: first.der }
  return { contentType: 'application/x-x509-ca-ra-cert', body: writeCertificatesOnly(certificates) }
}

/** Reads such an answer. Nothing vouches for it but a fingerprint that the client knows. @throws {PkiError} */
export function readAuthorityCertificates(contentType: string, body: Uint8Array): readonly Certificate[] {
  const type = contentType.split(';')[0]?.trim().toLowerCase()
  if (type === 'application/x-x509-ca-cert') return [readCertificate(body)]
  if (type === 'application/x-x509-ca-ra-cert') return readCertificatesOnly(body)
  throw new PkiError('media-type', `Cannot read answer to GetCACert: found ${contentType}`, { found: contentType })
}
