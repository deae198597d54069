import { createPrivateKey, type KeyObject } from 'node:crypto'
import { PkiError } from '../pki-error.ts'
import type { MasterKey } from './master-key.ts'
import { seal, unseal } from './seal.ts'

/** A private key to be stored: PKCS#8, sealed under the master key. */
export function sealPrivateKey(key: KeyObject, master: MasterKey, label: string): Uint8Array {
  return seal(key.export({ type: 'pkcs8', format: 'der' }), master, label)
}

/** Opens what `sealPrivateKey` made. @throws {PkiError} what `unseal` throws, `sealed-damaged` when it holds no key */
export function unsealPrivateKey(sealed: Uint8Array, master: MasterKey, label: string): KeyObject {
  const key = Buffer.from(unseal(sealed, master, label))
  try {
    return createPrivateKey({ key, format: 'der', type: 'pkcs8' })
  } catch (cause) {
    throw new PkiError('sealed-damaged', `Cannot open sealed key: "${label}" holds no private key`, { cause })
  }
}
