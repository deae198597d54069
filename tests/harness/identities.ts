import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createAuthority,
  createCertificateRequest,
  createMdmSignature,
  encodePem,
  issueIdentity,
  issueScepAgent,
  type KeyPair,
  type KeyType,
  newPrivateKey,
  readCertificateRequest,
} from '@edict/pki'

/** An authority that is not the server's own, and the identities it issues. */
export interface TestAuthority extends KeyPair {
  /** Its certificate in a PEM file, for `--device-ca`. */
  readonly file: string
  issue(name: string, wish?: IdentityWish): Promise<KeyPair>
  remove(): Promise<void>
}

export interface IdentityWish {
  /** Milliseconds since the epoch. */
  readonly now?: number
  readonly days?: number
  readonly key?: KeyType
  /** Not for clients. */
  readonly forServers?: boolean
  /** Issues in place of the authority. */
  readonly by?: KeyPair
}

/** Keys are EC, which are made at once, unless a test wishes otherwise. */
export async function testAuthority(name: string, now = Date.now()): Promise<TestAuthority> {
  const pair = await createAuthority({ name: [{ type: 'CN', value: name }], key: 'p-256', now, days: 3650 })
  const folder = await mkdtemp(join(tmpdir(), 'edict-ca-'))
  const file = join(folder, 'ca.pem')
  await writeFile(file, encodePem(pair.certificate.der, 'CERTIFICATE'))
  return {
    ...pair,
    file,
    issue: async (subject, { key = 'p-256', now: at = Date.now(), days = 365, forServers = false, by = pair } = {}) => {
      const privateKey = await newPrivateKey(key)
      const named = [{ type: 'CN', value: subject }] as const
      const request = readCertificateRequest(createCertificateRequest({ subject: named, privateKey }))
      const issue = forServers ? issueScepAgent : issueIdentity
      return { certificate: await issue(by, request, { subject: named, now: at, days }), privateKey }
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** Signs a body as a device does. */
export function signed(body: string | Uint8Array, by: KeyPair): Record<string, string> {
  return { 'mdm-signature': createMdmSignature(Buffer.from(body), by, Date.now()) }
}

/** What a TLS client shows: its certificate, others that lead to the authority, and its key. */
export function tlsClient({ certificate, privateKey }: KeyPair, ...chain: readonly KeyPair[]) {
  const cert = [certificate, ...chain.map((pair) => pair.certificate)]
    .map(({ der }) => encodePem(der, 'CERTIFICATE'))
    .join('')
  return { cert, key: privateKey.export({ type: 'pkcs8', format: 'pem' }) }
}
