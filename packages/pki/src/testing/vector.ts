import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Certificate, readCertificate } from '../certificate/certificate.ts'
import { decodePem } from '../certificate/pem.ts'

const folder = join(import.meta.dirname, '../../vectors')

/** A file of the vectors as text. */
export function vectorText(name: string): string {
  return readFileSync(join(folder, name), 'utf8')
}

/** A CMS message that openssl made. */
export function vector(name: string): Uint8Array {
  const [bytes] = decodePem(vectorText(`${name}.pem`), 'CMS')
  if (!bytes) throw new Error(`No message in ${name}`)
  return bytes
}

/** A certificate that openssl made. */
export function vectorCertificate(name: string): Certificate {
  const [der] = decodePem(vectorText(`${name}.pem`), 'CERTIFICATE')
  if (!der) throw new Error(`No certificate in ${name}`)
  return readCertificate(der)
}
