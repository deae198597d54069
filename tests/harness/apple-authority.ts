import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createAuthority,
  createCertificateRequest,
  encodePem,
  issueDeviceCertificate,
  issueIdentity,
  type KeyPair,
  newPrivateKey,
  readCertificateRequest,
} from '@edict/pki'

/** An authority that stands for Apple's: it gives simulated devices the keys that real ones leave the factory with. */
export interface AppleAuthority extends KeyPair {
  /** Its certificate in a PEM file, for `--machine-info-ca`. */
  readonly file: string
  /** What a device signs its MachineInfo with. */
  device(wish?: { readonly days?: number; readonly now?: number }): Promise<KeyPair>
  /** What it gives to somebody who makes apps: no device. */
  developer(): Promise<KeyPair>
  remove(): Promise<void>
}

const year = 365 * 86_400_000

export async function appleAuthority(name = 'Test Device CA'): Promise<AppleAuthority> {
  const made = Date.now() - year
  const pair = await createAuthority({ name: [{ type: 'CN', value: name }], key: 'p-256', now: made, days: 3650 })
  const folder = await mkdtemp(join(tmpdir(), 'edict-apple-'))
  const file = join(folder, 'apple.pem')
  await writeFile(file, encodePem(pair.certificate.der, 'CERTIFICATE'))
  const requested = async (CN: string) => {
    const privateKey = await newPrivateKey('p-256')
    const subject = [{ type: 'CN', value: CN }] as const
    return { privateKey, subject, request: readCertificateRequest(createCertificateRequest({ subject, privateKey })) }
  }
  return {
    ...pair,
    file,
    device: async ({ days = 365, now = Date.now() } = {}) => {
      const { privateKey, subject, request } = await requested('Device')
      return { certificate: await issueDeviceCertificate(pair, request, { subject, now, days }), privateKey }
    },
    developer: async () => {
      const { privateKey, subject, request } = await requested('Developer')
      return { certificate: await issueIdentity(pair, request, { subject, now: Date.now(), days: 365 }), privateKey }
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
