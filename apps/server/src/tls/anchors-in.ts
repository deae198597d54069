import { type Certificate, decodePem, isSelfSigned, PkiError, readCertificate } from '@edict/pki'

/**
 * Which certificates a client needs to trust this server, from the file that it shows: the authorities after its own certificate, or
 * that one when it signed itself. DER each. None where nothing follows: then an authority that everybody knows stands behind it.
 * What OpenSSL listens with and strict reading refuses has none either.
 */
export function anchorsIn(pem: Buffer): readonly Uint8Array[] {
  const [own, ...above] = certificatesIn(pem)
  if (above.length > 0) return above.map(({ der }) => der)
  return own !== undefined && isSelfSigned(own) ? [own.der] : []
}

function certificatesIn(pem: Buffer): readonly Certificate[] {
  try {
    return decodePem(pem.toString('latin1'), 'CERTIFICATE').map(readCertificate)
  } catch (error) {
    if (error instanceof PkiError) return []
    throw error
  }
}
