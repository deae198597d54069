import { createPublicKey, type KeyObject } from 'node:crypto'

/**
 * SubjectPublicKeyInfo (DER, base64) of `Apple iPhone Device CA`, whose key signs the certificates that Apple gives to devices.
 * Its certificate (SHA-256 76F27D00E1333BC88DE0E2916C38C9A7F2B75774C25A794C092A80E3C4C66CCE) was issued by
 * `Apple iPhone Certification Authority` and ended on 16 April 2014. The key goes on to be used, so it is the key that is pinned here.
 * Source: the certificate itself, which devices send along with MachineInfo.
 */
const iPhoneDeviceAuthority =
  'MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDxlErJ6rpaGGCty6JNTU5UGWkXWQdmy5foZppHX0auZ3q1SnNUscsE9r02uAxV' +
  'OIqEgzFSZfkz4Zd3nCtMJrAlP+kyqnsIdJTswUs4HWdOCFKUWotZo1zXk/Sg/lWFu0xGl15usndFL2dcvAsYv1m5bIb3KnV20hlx' +
  '9CljuSULrwIDAQAB'

/** The keys by which devices are known to be Apple's: for `verifyMachineInfo`. */
export const appleDeviceAuthorities: readonly KeyObject[] = [
  createPublicKey({ key: Buffer.from(iPhoneDeviceAuthority, 'base64'), type: 'spki', format: 'der' }),
]
