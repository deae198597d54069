import { Server } from 'node:https'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { readTls } from './read-tls.ts'
import type { TlsFiles } from './tls-files.ts'

/**
 * Reads the certificate and key anew, for connections from now on: whether they could be used. With files that cannot be, the old
 * ones stay.
 */
export async function reloadTls(app: FastifyInstance, files: TlsFiles | null, log: Logger): Promise<boolean> {
  const { server } = app as { readonly server: unknown }
  if (files === null || !(server instanceof Server)) return false
  try {
    server.setSecureContext(await readTls(files))
    log.info({ cert: files.cert }, 'certificate read anew')
    return true
  } catch (error) {
    log.error({ err: error }, 'certificate kept as it was')
    return false
  }
}
