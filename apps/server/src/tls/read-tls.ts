import { readFile } from 'node:fs/promises'
import { createSecureContext } from 'node:tls'
import { ConfigError } from '../config.ts'
import type { TlsFiles } from './tls-files.ts'

/** The server's certificate and key in PEM: a pair that fits. */
export interface TlsPair {
  readonly cert: Buffer
  readonly key: Buffer
}

/**
 * Reads what the server shows of itself.
 *
 * @throws ConfigError when a file cannot be read, or the two do not belong together
 */
export async function readTls(files: TlsFiles): Promise<TlsPair> {
  const [cert, key] = await Promise.all([read('--tls-cert', files.cert), read('--tls-key', files.key)])
  try {
    createSecureContext({ cert, key })
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'OpenSSL refuses them'
    throw new ConfigError(
      `Cannot use ${files.cert} with ${files.key}: ${why}; expected a certificate in PEM, its chain after it, and its key in PEM without a passphrase`,
    )
  }
  return { cert, key }
}

async function read(flag: string, file: string): Promise<Buffer> {
  return readFile(file).catch((cause: NodeJS.ErrnoException) => {
    throw new ConfigError(`Cannot read ${flag} ${file}: ${cause.code}; expected a PEM file`)
  })
}
