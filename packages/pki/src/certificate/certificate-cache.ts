import { createHash } from 'node:crypto'
import { type Certificate, readCertificate } from './certificate.ts'

/** Reads certificates, and remembers what it read. */
export type ReadCertificate = (der: Uint8Array) => Certificate

/**
 * A `readCertificate` that keeps the last `limit` different certificates: a device sends the same one with every message, and
 * reading it costs more than verifying a signature. It keeps what a certificate says, never whether it is trusted.
 */
export function rememberCertificates(limit: number): ReadCertificate {
  const known = new Map<string, Certificate>()
  return (der) => {
    const key = createHash('sha256').update(der).digest('base64')
    const certificate = known.get(key) ?? readCertificate(der)
    known.delete(key)
    known.set(key, certificate)
    const [oldest] = known.keys()
    if (known.size > limit && oldest !== undefined) known.delete(oldest)
    return certificate
  }
}
