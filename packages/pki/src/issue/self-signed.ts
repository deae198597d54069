import { createPublicKey, type KeyObject } from 'node:crypto'
import { encodeName, type NameAttribute } from '../certificate/name.ts'
import type { KeyPair } from '../cms/key-pair.ts'
import { backdating, day } from './authority.ts'
import { keyUsage } from './extension-values.ts'
import { randomSerial } from './serial.ts'
import { signCertificate } from './sign-certificate.ts'

/**
 * The certificate with which a SCEP client signs its first request (RFC 8894 §2.3): its own key's, issued by itself, valid for a
 * few days. `now` is milliseconds since 1970.
 */
export async function createSelfSigned(
  name: readonly NameAttribute[],
  privateKey: KeyObject,
  now: number,
): Promise<KeyPair> {
  const publicKey = createPublicKey(privateKey)
  const subject = encodeName(name)
  const fields = {
    serial: randomSerial(),
    issuer: subject,
    subject,
    notBefore: now - backdating,
    notAfter: now + 7 * day,
    publicKeyInfo: publicKey.export({ type: 'spki', format: 'der' }),
    extensions: [keyUsage('digitalSignature', 'keyEncipherment')],
  }
  return { certificate: await signCertificate(fields, privateKey, publicKey), privateKey }
}
