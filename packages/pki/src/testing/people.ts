import { createPublicKey, type KeyObject } from 'node:crypto'
import type { Extension } from '../certificate/extensions.ts'
import { encodeName } from '../certificate/name.ts'
import type { KeyPair } from '../cms/key-pair.ts'
import { createAuthority } from '../issue/authority.ts'
import { readCertificateRequest } from '../issue/certificate-request.ts'
import { createCertificateRequest } from '../issue/create-certificate-request.ts'
import { issueIdentity } from '../issue/issue-certificate.ts'
import { type KeyType, newPrivateKey } from '../issue/key-type.ts'
import { randomSerial } from '../issue/serial.ts'
import { signCertificate } from '../issue/sign-certificate.ts'

/** Noon in the middle of 2026: when tests take place. */
export const noon = Date.UTC(2026, 5, 15, 12)
const year = 365 * 86_400_000

export async function authority(name: string, key: KeyType = 'p-256'): Promise<KeyPair> {
  return await createAuthority({ name: [{ type: 'CN', value: name }], key, now: noon, days: 3650 })
}

/** A device with an identity of this authority. */
export async function device(by: KeyPair, name: string, key: KeyType = 'p-256'): Promise<KeyPair> {
  const privateKey = await newPrivateKey(key)
  const subject = [{ type: 'CN', value: name }] as const
  const request = readCertificateRequest(createCertificateRequest({ subject, privateKey }))
  return { certificate: await issueIdentity(by, request, { subject, now: noon, days: 365 }), privateKey }
}

export interface Crafted {
  readonly name: string
  /** Undefined: itself. */
  readonly by?: KeyPair
  readonly extensions?: readonly Extension[]
  readonly notBefore?: number
  readonly notAfter?: number
  readonly privateKey?: KeyObject
}

/** A certificate with whatever extensions and dates, as nobody honest would issue it. */
export async function craft({ name, by, extensions = [], ...more }: Crafted): Promise<KeyPair> {
  const privateKey = more.privateKey ?? (await newPrivateKey('p-256'))
  const publicKey = createPublicKey(privateKey)
  const subject = encodeName([{ type: 'CN', value: name }])
  const fields = {
    serial: randomSerial(),
    issuer: by?.certificate.subject ?? subject,
    subject,
    notBefore: more.notBefore ?? noon - year,
    notAfter: more.notAfter ?? noon + year,
    publicKeyInfo: publicKey.export({ type: 'spki', format: 'der' }),
    extensions,
  }
  const certificate = await signCertificate(
    fields,
    by?.privateKey ?? privateKey,
    by?.certificate.publicKey ?? publicKey,
  )
  return { certificate, privateKey }
}
