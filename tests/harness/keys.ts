import type { KeyObject } from 'node:crypto'
import { relatedKeys } from '@edict/device'
import { newPrivateKey } from '@edict/pki'

/** The master key of every server of the tests: 32 octets, so that nodes of one database have the same. */
export const MASTER_KEY = Buffer.from(Array.from({ length: 32 }, (_, index) => index * 7)).toString('hex')

let made: Promise<KeyObject> | undefined

/** One key for the authorities of all servers of a test file: RSA takes a while to make. */
export function authorityKey(): Promise<KeyObject> {
  made ??= newPrivateKey('rsa-2048')
  return made
}

/** Keys of devices that enroll by invitations. */
export const deviceKeys = relatedKeys('tests')
