import type { X509Certificate } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { TLSSocket } from 'node:tls'

/** Longer chains than any that is trusted are not followed. */
const MAX_CHAIN = 6

/**
 * Certificates of the client as the TLS connection showed them, its own first, in DER; empty without one. The handshake has proved
 * that the client holds the key of the first; that it is trusted has not been looked at.
 */
export function tlsCertificates({ socket }: Pick<IncomingMessage, 'socket'>): readonly Uint8Array[] {
  if (!(socket instanceof TLSSocket)) return []
  const chain: Uint8Array[] = []
  let next: X509Certificate | undefined = socket.getPeerX509Certificate()
  while (next !== undefined && chain.length < MAX_CHAIN) {
    chain.push(new Uint8Array(next.raw))
    next = next.issuerCertificate
  }
  return chain
}
