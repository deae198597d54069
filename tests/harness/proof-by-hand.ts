import { createPrivateKey } from 'node:crypto'
import type { Device } from '@edict/device'
import { createCertificateRequest, type KeyPair, readCertificate, readCertificateRequest } from '@edict/pki'
import type { RunningServer } from '@edict/server'
import type { Admin } from './admin.ts'
import { deviceKeys } from './keys.ts'

/** The identity that a simulated device enrolled with. */
export function identityOf(device: Device): KeyPair {
  const { profile } = device.save().device as {
    readonly profile?: { readonly certificate: string; readonly privateKey: string } | null
  }
  if (profile == null) throw new Error(`Cannot speak as ${device.id}: no profile enrolled it`)
  const bytes = (text: string) => Buffer.from(text, 'base64')
  return {
    certificate: readCertificate(bytes(profile.certificate)),
    privateKey: createPrivateKey({ key: bytes(profile.privateKey), type: 'pkcs8', format: 'der' }),
  }
}

/** An identity of the server's own authority for a device that a story plays itself. */
export async function identityFor(device: string, admin: Admin, server: RunningServer): Promise<KeyPair> {
  const { challenge } = await admin('create-challenge', { body: { enrollment: device } })
  const privateKey = await deviceKeys(2048)
  const subject = [{ type: 'CN', value: 'by hand' }] as const
  const request = readCertificateRequest(
    createCertificateRequest({ subject, privateKey, challengePassword: challenge }),
  )
  const asked = { request, transactionId: `by hand ${device}`, by: 'challenge' } as const
  const granted = await server.services.trust.issue(asked)
  if (granted.kind === 'refused') throw new Error(`Cannot speak as ${device}: ${granted.reason}`)
  return { certificate: granted.certificate, privateKey }
}
