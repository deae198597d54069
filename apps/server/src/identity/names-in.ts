import type { Certificate } from '@edict/pki'

/** More than this many words are no name of a device. */
const MOST = 64

/**
 * Words of a certificate's subject and alternative names by which a device could be meant: an id or a serial number, as they stand
 * there and in upper and lower case.
 */
export function namesIn({ x509 }: Pick<Certificate, 'x509'>): readonly string[] {
  const text = `${x509.subject}\n${x509.subjectAltName ?? ''}`
  const words = text.split(/[^\p{L}\p{N}.-]+/u).filter((word) => word.length >= 4)
  return [...new Set(words.slice(0, MOST).flatMap((word) => [word, word.toUpperCase(), word.toLowerCase()]))]
}
