import { readFile } from 'node:fs/promises'
import { type Certificate, decodePem, PkiError, readCertificate } from '@edict/pki'
import { ConfigError } from '../config.ts'

/**
 * Reads the authorities that `--device-ca` names: a PEM file with one certificate or more, and no key.
 *
 * @throws ConfigError which says what is wrong with the file
 */
export async function readDeviceCa(file: string): Promise<readonly Certificate[]> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new ConfigError(`Cannot read --device-ca ${file}: ${cause.code}; expected a PEM file with certificates`)
  })
  if (text.includes('PRIVATE KEY-----'))
    throw new ConfigError(`Cannot use --device-ca ${file}: it holds a private key; leave only certificates in it`)
  try {
    return decodePem(text, 'CERTIFICATE').map((der) => authority(readCertificate(der), file))
  } catch (error) {
    if (error instanceof PkiError) throw new ConfigError(`Cannot use --device-ca ${file}: ${error.message}`)
    throw error
  }
}

function authority(certificate: Certificate, file: string): Certificate {
  if (certificate.basicConstraints?.authority) return certificate
  const { subject } = certificate.x509
  throw new ConfigError(`Cannot use --device-ca ${file}: ${subject} is no authority; leave only authorities in it`)
}
