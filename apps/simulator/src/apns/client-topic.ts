import type { ServerHttp2Session } from 'node:http2'
import type { TLSSocket } from 'node:tls'
import { nameValues, PkiError, readCertificate } from '@edict/pki'
import type { PushRefusal } from './push.ts'

/** The TLS side of the double. */
export interface DoubleTls {
  /** PEM. */
  readonly cert: string
  readonly key: string
  /** Who issues push certificates, in PEM. */
  readonly clientCa: string
  /** What becomes of a client with another certificate, or none: `answer` refuses its pushes, `handshake` its connection. */
  readonly refuse: 'answer' | 'handshake'
}

/**
 * For which topic a client may push: the user id in the subject of its certificate. Or why for none.
 *
 * @see https://developer.apple.com/documentation/usernotifications/establishing-a-certificate-based-connection-to-apns
 */
export function clientTopic(session: ServerHttp2Session): string | PushRefusal {
  const socket = session.socket as TLSSocket
  const certificate = socket.getPeerX509Certificate()
  if (certificate === undefined) return { status: 403, reason: 'MissingProviderToken' }
  if (!socket.authorized) return { status: 403, reason: 'BadCertificate' }
  try {
    return nameValues(readCertificate(certificate.raw).subject, 'UID')[0] ?? { status: 403, reason: 'BadCertificate' }
  } catch (error) {
    if (error instanceof PkiError) return { status: 403, reason: 'BadCertificate' }
    throw error
  }
}
