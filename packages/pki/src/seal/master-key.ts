import { createHash, hkdfSync } from 'node:crypto'
import { PkiError } from '../pki-error.ts'

/** The key under which secrets are kept: 32 octets. */
export interface MasterKey {
  readonly octets: Uint8Array
  /** 8 octets that tell one master key from another and say nothing about it. */
  readonly identifier: Uint8Array
}

const length = 32

/**
 * Reads a master key from its text: 64 hexadecimal digits, or base64 of 32 octets (`openssl rand -hex 32`, `-base64 32`).
 * @throws {PkiError} `master-key`, which does not show the text
 */
export function readMasterKey(text: string): MasterKey {
  const trimmed = text.trim()
  const octets = Buffer.from(trimmed, /^[0-9a-fA-F]{64}$/.test(trimmed) ? 'hex' : 'base64')
  const isBase64 = octets.toString('base64').replace(/=+$/, '') === trimmed.replace(/=+$/, '')
  if (octets.length !== length || !(isBase64 || trimmed.length === 2 * length)) {
    throw new PkiError('master-key', `Cannot read master key: it has ${trimmed.length} characters`, {
      expected: '64 hexadecimal digits, or base64 of 32 octets',
    })
  }
  if (new Set(octets).size < 8) {
    throw new PkiError('master-key', 'Cannot read master key: it is not random', { expected: '32 random octets' })
  }
  return masterKey(octets)
}

/** A master key from 32 random octets. @throws {PkiError} `master-key` */
export function masterKey(octets: Uint8Array): MasterKey {
  if (octets.length !== length) {
    throw new PkiError('master-key', `Cannot use master key: it has ${octets.length} octets`, { expected: `${length}` })
  }
  const derived = new Uint8Array(hkdfSync('sha256', octets, new Uint8Array(), 'edict master key identifier', length))
  return { octets, identifier: Uint8Array.from(createHash('sha256').update(derived).digest().subarray(0, 8)) }
}
