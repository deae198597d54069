import { readFile } from 'node:fs/promises'
import { type Certificate, decodePem, PkiError, readCertificate } from '@edict/pki'
import { ConfigError } from '../config.ts'

/**
 * Reads the authorities that an option names (`--device-ca`): a PEM file with one certificate or more, and no key.
 *
 * @throws ConfigError which says what is wrong with the file
 */
export async function readDeviceCa(file: string, option = '--device-ca'): Promise<readonly Certificate[]> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new ConfigError(`Cannot read ${option} ${file}: ${cause.code}; expected a PEM file with certificates`)
  })
  if (text.includes('PRIVATE KEY-----'))
    throw new ConfigError(`Cannot use ${option} ${file}: it holds a private key; leave only certificates in it`)
  try {
    return decodePem(text, 'CERTIFICATE').map((der) => authority(readCertificate(der), `${option} ${file}`))
  } catch (error) {
    if (error instanceof PkiError) throw new ConfigError(`Cannot use ${option} ${file}: ${error.message}`)
    throw error
  }
}

function authority(certificate: Certificate, what: string): Certificate {
  if (certificate.basicConstraints?.authority) return certificate
  const { subject } = certificate.x509
  throw new ConfigError(`Cannot use ${what}: ${subject} is no authority; leave only authorities in it`)
}
