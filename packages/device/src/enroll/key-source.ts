import type { KeyObject } from 'node:crypto'
import { newPrivateKey } from '@edict/pki'
import { DeviceError } from '../device-error.ts'

/** Where a device's private keys come from, by their size in bits. */
export type KeySource = (bits: number) => Promise<KeyObject>

/** New RSA keys, made off the main thread: a tenth of a second of a core each, or more. */
export const newKeys: KeySource = (bits) => {
  if (bits === 2048 || bits === 3072 || bits === 4096) return newPrivateKey(`rsa-${bits}`)
  throw new DeviceError('key-size', `Cannot make a key of ${bits} bits: expected 2048, 3072 or 4096`, {
    at: 'Keysize',
    found: bits,
    expected: '2048, 3072 or 4096',
  })
}
