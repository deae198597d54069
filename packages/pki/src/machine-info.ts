import type { KeyObject } from 'node:crypto'
import { appleDeviceMarker } from './apple-device-marker.ts'
import type { Certificate } from './certificate/certificate.ts'
import { refuseUntrustworthy } from './certificate/trustworthy.ts'
import { verifySignedData } from './cms/verify-signed-data.ts'
import { PkiError } from './pki-error.ts'

export interface MachineInfoOptions {
  /**
   * Whom to believe that a device is Apple's, by their public keys: see `appleDeviceAuthorities`. What their certificates say,
   * name and validity, does not matter.
   */
  readonly authorities: readonly KeyObject[]
  /** Milliseconds since 1970. The device's own certificate must be valid. */
  readonly now: number
  /** Refuses SHA-1, which older devices still sign with. Default: allowed. */
  readonly sha1?: boolean
}

export interface SignedMachineInfo {
  /** The property list that was signed. */
  readonly content: Uint8Array
  readonly certificate: Certificate
  readonly signingTime: number | undefined
}

/** Keys of devices have 1024 bits. */
const minimumRsaBits = 1024

/**
 * Verifies what a device sends when it enrolls by itself: a property list in CMS signed data, signed with the key that Apple
 * gave the device. It proves that some device of Apple's signed it, not that it is ours, nor that it was signed just now.
 * @throws {PkiError} `chain-untrusted` for a certificate that none of the authorities signed, `certificate-purpose` for one that
 * is not a device's, `certificate-expired`, `certificate-not-yet-valid`, `certificate-weak`, `extension-unknown`, and what
 * `verifySignedData` throws
 */
export function verifyMachineInfo(bytes: Uint8Array, options: MachineInfoOptions): SignedMachineInfo {
  const { authorities, now, sha1 = true } = options
  const { content, signer, signingTime } = verifySignedData(bytes, {
    sha1,
    accept: (certificate) => {
      if (!authorities.some((key) => signed(key, certificate))) throw untrusted(certificate)
      refuseUntrustworthy(certificate, { now, sha1, minimumRsaBits, roots: [], below: [], anchor: false })
      refuseOthers(certificate)
    },
  })
  return { content, certificate: signer, signingTime }
}

function signed(key: KeyObject, { x509 }: Certificate): boolean {
  try {
    return x509.verify(key)
  } catch {
    return false
  }
}

function untrusted({ x509 }: Certificate): PkiError {
  return new PkiError('chain-untrusted', 'Cannot trust certificate: no authority of devices signed it', {
    found: x509.issuer,
    expected: 'a signature by the key of one',
  })
}

function refuseOthers({ extensions, basicConstraints, x509 }: Certificate): void {
  if (!basicConstraints?.authority && extensions.some((one) => one.oid === appleDeviceMarker)) return
  throw new PkiError('certificate-purpose', 'Cannot trust certificate: it is not one that Apple gives to devices', {
    found: x509.subject,
    expected: `the extension ${appleDeviceMarker}`,
  })
}
