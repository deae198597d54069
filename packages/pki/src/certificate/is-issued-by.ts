import type { Certificate } from './certificate.ts'

/** Two certificates never change, so what was found about them once stays. It goes when they go. */
const known = new WeakMap<Certificate, WeakMap<Certificate, boolean>>()

/** Whether the issuer's name, key identifier and usage fit, and its key signed the subject. Remembered for these two objects. */
export function isIssuedBy(subject: Certificate, issuer: Certificate): boolean {
  const issuers = known.get(subject) ?? new WeakMap<Certificate, boolean>()
  known.set(subject, issuers)
  const found = issuers.get(issuer) ?? verifies(subject, issuer)
  issuers.set(issuer, found)
  return found
}

function verifies(subject: Certificate, issuer: Certificate): boolean {
  try {
    return subject.x509.checkIssued(issuer.x509) && subject.x509.verify(issuer.publicKey)
  } catch {
    return false
  }
}
