import { appleDeviceAuthorities, commonName, verifyMachineInfo, verifySignedData } from '@edict/pki'
import { decodeMachineInfo } from '@edict/protocol'

/** What of a MachineInfo is looked at here: nothing by which a device could be known again. */
export interface AccountDevice {
  readonly product: string
  readonly build: string
  /** Whether Apple's device authority stands behind it. */
  readonly apple: boolean
}

/** Who issues what Apple gives to devices. */
const APPLE_ISSUER = 'Apple iPhone Device CA'

/**
 * Reads what a device sends to get a profile by an account. It is the account that lets it in, so any signature will do that fits;
 * one that says it is Apple's has to be. User enrollment forbids UDID, SERIAL, IMEI and MEID: they are passed over.
 *
 * @param now milliseconds since 1970
 * @throws PkiError, ProtocolError
 */
export function accountDevice(body: Uint8Array, now: number): AccountDevice {
  const { content, signer } = verifySignedData(body, { sha1: true })
  const apple = commonName(signer.issuer) === APPLE_ISSUER
  if (apple) verifyMachineInfo(body, { authorities: appleDeviceAuthorities, now })
  const { PRODUCT: product, VERSION: build } = decodeMachineInfo(content)
  return { product, build, apple }
}
