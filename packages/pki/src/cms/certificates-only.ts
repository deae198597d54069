import { type Certificate, readCertificate } from '../certificate/certificate.ts'
import { definite } from '../der/definite.ts'
import { context, integer, oid, sequence, setOf } from '../der/writer.ts'
import { PkiError } from '../pki-error.ts'
import { writeContentInfo } from './content-info.ts'
import { contentTypes } from './content-type.ts'
import { readSignedData } from './signed-data.ts'

/** Signed data that nobody signs: how SCEP sends certificates (RFC 5652 §5.2, RFC 8894 §3.4). In the order given. */
export function writeCertificatesOnly(certificates: readonly Certificate[]): Uint8Array {
  const body = sequence(
    integer(1),
    setOf(),
    sequence(oid(contentTypes.data)),
    context(0, ...certificates.map((one) => one.der)),
    setOf(),
  )
  return writeContentInfo(contentTypes.signedData, body)
}

/** Reads what `writeCertificatesOnly` writes. Nothing vouches for the certificates. @throws {PkiError} `signer-unexpected` */
export function readCertificatesOnly(bytes: Uint8Array): readonly Certificate[] {
  const { certificates, signers } = readSignedData(definite(bytes))
  if (signers.length > 0) {
    throw new PkiError('signer-unexpected', 'Cannot read certificates: somebody signed them, which is another message')
  }
  return certificates.map(readCertificate)
}
