import { createPrivateKey, sign } from 'node:crypto'
import { decodePem, encodePem, PkiError, readCertificate, readCertificateRequest } from '@edict/pki'
import { encodePlist } from '@edict/protocol'

/** Who signs requests for push certificates: a vendor to whom Apple gave an MDM vendor signing certificate. All in PEM. */
export interface Vendor {
  /** The vendor's certificate, and after it those up to Apple's root. */
  readonly certificates: string
  readonly key: string
}

/**
 * Signs a request as identity.apple.com/pushcert takes it: a property list with the request, its signature (SHA-256 with RSA) and the
 * vendor's chain, in base64.
 *
 * @param request PKCS#10 in PEM
 * @returns one line of base64, for a file that is uploaded
 * @throws PkiError when something is not what it should be
 * @see https://developer.apple.com/documentation/devicemanagement/setting-up-push-notifications-for-your-mdm-customers
 */
export function vendorSignedRequest(request: string, { certificates, key }: Vendor): string {
  const [der = new Uint8Array()] = decodePem(request, 'CERTIFICATE REQUEST')
  readCertificateRequest(der)
  const chain = decodePem(certificates, 'CERTIFICATE').map((one) => readCertificate(one))
  const signer = createPrivateKey(key)
  if (chain[0]?.x509.checkPrivateKey(signer) !== true) {
    throw new PkiError('key-mismatch', 'Cannot sign the request: the first certificate is not that of the key', {
      expected: "the vendor's certificate first, and its own key",
    })
  }
  const plist = encodePlist({
    PushCertRequestCSR: Buffer.from(der).toString('base64'),
    PushCertCertificateChain: chain.map((one) => encodePem(one.der, 'CERTIFICATE')).join(''),
    PushCertSignature: sign('sha256', der, signer).toString('base64'),
  })
  return Buffer.from(plist).toString('base64')
}
