import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { concatenate, sameBytes, toHex } from '../bytes.ts'
import { PkiError } from '../pki-error.ts'
import type { MasterKey } from './master-key.ts'

/**
 * A sealed secret: the letters `EDS1` (the version), 8 octets that identify the master key, 32 of salt, 12 of nonce, the secret
 * under AES-256-GCM, and its tag of 16. Each has a key of its own, by HKDF-SHA256 from the master key, the salt and the label.
 */
const magic = Buffer.from('EDS1', 'ascii')
const layout = { identifier: 4, salt: 12, nonce: 44, secret: 56, tag: 16 } as const

/**
 * Encrypts a secret to be stored. `label` says what and whose it is (`authority key`, `unlock token of …`): it is not stored, and
 * the secret opens only under the same label, so that one cannot be put in another's place.
 */
export function seal(secret: Uint8Array, master: MasterKey, label: string): Uint8Array {
  const head = concatenate([magic, master.identifier, randomBytes(32), randomBytes(12)])
  const cipher = createCipheriv('aes-256-gcm', keyFor(head, master, label), head.subarray(layout.nonce))
  cipher.setAAD(head)
  return concatenate([head, cipher.update(secret), cipher.final(), cipher.getAuthTag()])
}

/**
 * Opens what `seal` made.
 * @throws {PkiError} `sealed-version` for what is not sealed, `master-key-wrong` for what another master key sealed,
 * `sealed-damaged` for what was changed since, or is somebody else's
 */
export function unseal(sealed: Uint8Array, master: MasterKey, label: string): Uint8Array {
  if (sealed.length < layout.secret + layout.tag || !sameBytes(sealed.subarray(0, magic.length), magic)) {
    throw new PkiError('sealed-version', 'Cannot open sealed secret: it is not one, or of a later version', {
      found: sealed.length,
      expected: 'EDS1',
    })
  }
  const identifier = sealed.subarray(layout.identifier, layout.salt)
  if (!sameBytes(identifier, master.identifier)) {
    const [found, expected] = [toHex(master.identifier), toHex(identifier)]
    const message = `Cannot open sealed secret: the master key is ${found}, it was sealed under ${expected}`
    throw new PkiError('master-key-wrong', message, { found, expected })
  }
  const head = sealed.subarray(0, layout.secret)
  const end = sealed.length - layout.tag
  const nonce = head.subarray(layout.nonce)
  const decipher = createDecipheriv('aes-256-gcm', keyFor(head, master, label), nonce, { authTagLength: layout.tag })
  decipher.setAAD(head)
  decipher.setAuthTag(sealed.subarray(end))
  try {
    return concatenate([decipher.update(sealed.subarray(layout.secret, end)), decipher.final()])
  } catch {
    throw new PkiError('sealed-damaged', `Cannot open sealed secret: it was changed, or is not "${label}"`)
  }
}

/** The identifier, in hexadecimal, of the master key that a secret is sealed under; null for what is not sealed. */
export function sealedUnder(sealed: Uint8Array): string | null {
  const isSealed = sealed.length >= layout.secret + layout.tag && sameBytes(sealed.subarray(0, magic.length), magic)
  return isSealed ? toHex(sealed.subarray(layout.identifier, layout.salt)) : null
}

function keyFor(head: Uint8Array, master: MasterKey, label: string): Uint8Array {
  const salt = head.subarray(layout.salt, layout.nonce)
  return new Uint8Array(hkdfSync('sha256', master.octets, salt, `edict seal 1 ${label}`, 32))
}
