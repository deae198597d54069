import { sameBytes } from '../bytes.ts'
import type { Certificate } from './certificate.ts'

/** Whether a certificate names itself as its issuer and is signed with its own key. */
export function isSelfSigned(certificate: Certificate): boolean {
  if (!sameBytes(certificate.issuer, certificate.subject)) return false
  try {
    return certificate.x509.verify(certificate.publicKey)
  } catch {
    return false
  }
}
