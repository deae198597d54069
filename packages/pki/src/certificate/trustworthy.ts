import { refuseWeakDigest } from '../algorithm/digest.ts'
import { signatureScheme } from '../algorithm/signature-scheme.ts'
import { sameBytes } from '../bytes.ts'
import { PkiError } from '../pki-error.ts'
import type { Certificate } from './certificate.ts'
import { anyPurpose, type ChainOptions } from './chain-options.ts'
import { extensionTypes } from './extensions.ts'
import { refuseWeakKey } from './weak-key.ts'

/** Where a certificate stands in a path. */
interface Place extends ChainOptions {
  /** The certificates below this one, the one that is being verified first. */
  readonly below: readonly Certificate[]
  /** A root: trusted for its key, so that its own signature says nothing. */
  readonly anchor: boolean
}

/** Critical extensions whose meaning is checked here, or which allow more and never less. */
const understood = new Set<string>([
  extensionTypes.subjectKeyIdentifier,
  extensionTypes.authorityKeyIdentifier,
  extensionTypes.keyUsage,
  extensionTypes.basicConstraints,
  extensionTypes.extendedKeyUsage,
  extensionTypes.subjectAltName,
  extensionTypes.certificatePolicies,
])

/** Refuses a certificate that may not stand where it stands in a path. @throws {PkiError} with the reason */
export function refuseUntrustworthy(certificate: Certificate, place: Place): void {
  refuseDates(certificate, place)
  refuseWeakKey(certificate.publicKey, place.minimumRsaBits)
  if (!place.anchor) refuseWeakSignature(certificate, place)
  refuseExtensions(certificate)
  if (place.below.length > 0) refuseAuthority(certificate, place)
  refusePurpose(certificate, place)
}

function refuseDates({ notBefore, notAfter }: Certificate, { now, below, authorityDates }: Place): void {
  if (below.length > 0 && authorityDates === 'ignored') return
  if (now >= notBefore && now <= notAfter) return
  const early = now < notBefore
  throw refuse(
    early ? 'certificate-not-yet-valid' : 'certificate-expired',
    early ? 'it is not valid yet' : 'it has expired',
    new Date(now).toISOString(),
    `${new Date(notBefore).toISOString()} to ${new Date(notAfter).toISOString()}`,
  )
}

function refuseWeakSignature({ signatureAlgorithm }: Certificate, { sha1 = false }: Place): void {
  const { digest } = signatureScheme(signatureAlgorithm)
  if (digest === undefined) throw refuse('certificate', 'its signature names no digest', signatureAlgorithm.oid)
  refuseWeakDigest(digest, sha1)
}

function refuseExtensions({ extensions }: Certificate): void {
  for (const { oid, critical } of extensions) {
    if (oid === extensionTypes.nameConstraints) {
      throw refuse('name-constraints', 'it constrains names, which Edict does not check', oid)
    }
    if (critical && !understood.has(oid)) throw refuse('extension-unknown', 'a critical extension is not known', oid)
  }
}

function refuseAuthority(certificate: Certificate, { below }: Place): void {
  const { basicConstraints, keyUsage } = certificate
  if (!basicConstraints?.authority)
    throw refuse('certificate-authority', 'its issuer is no authority', subject(certificate))
  if (keyUsage && !keyUsage.has('keyCertSign')) {
    throw refuse(
      'certificate-authority',
      'its issuer may not sign certificates',
      [...keyUsage].join(', '),
      'keyCertSign',
    )
  }
  // Authorities between this one and the end; one that issued itself for a new key does not count (RFC 5280 §4.2.1.9).
  const between = below.slice(1).filter((one) => !sameBytes(one.subject, one.issuer)).length
  if (basicConstraints.pathLength !== undefined && between > basicConstraints.pathLength) {
    const expected = `${basicConstraints.pathLength} at most`
    throw refuse('certificate-authority', 'too many authorities follow an issuer', between, expected)
  }
}

/** The certificate must name the purpose; an authority that names purposes must name it too. */
function refusePurpose({ extendedKeyUsage, basicConstraints }: Certificate, { purpose, below }: Place): void {
  if (purpose === undefined) return
  const isLeaf = below.length === 0
  if (isLeaf && basicConstraints?.authority) {
    throw refuse('certificate-purpose', 'it is an authority, which speaks for nobody', 'an authority', purpose)
  }
  const fits = extendedKeyUsage ? names(extendedKeyUsage, purpose, isLeaf) : !isLeaf
  if (!fits) {
    throw refuse('certificate-purpose', 'it is for another purpose', extendedKeyUsage?.join(', ') ?? 'none', purpose)
  }
}

function names(purposes: readonly string[], purpose: string, isLeaf: boolean): boolean {
  return purposes.includes(purpose) || (!isLeaf && purposes.includes(anyPurpose))
}

function subject(certificate: Certificate): string {
  return certificate.x509.subject
}

function refuse(code: string, why: string, found: unknown, expected?: string): PkiError {
  return new PkiError(code, `Cannot trust certificate: ${why}`, {
    found,
    ...(expected === undefined ? {} : { expected }),
  })
}
