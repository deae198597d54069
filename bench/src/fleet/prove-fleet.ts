import { writeFile } from 'node:fs/promises'
import {
  createAuthority,
  createCertificateRequest,
  encodePem,
  issueIdentity,
  type KeyPair,
  newPrivateKey,
  readCertificateRequest,
} from '@edict/pki'
import type { Bench } from '../benchmark.ts'
import type { ServerProcess } from '../processes/child.ts'
import { startEdict } from '../processes/start-edict.ts'
import type { Fleet } from './fleet.ts'

const AT_ONCE = 1_000

/** A second server on a fleet's database, which wants a proof. */
export interface ProvenFleet {
  readonly server: ServerProcess
  /** What each device proves who it is by, in the order of the fleet. All have one key: it is not what is measured. */
  readonly identities: readonly KeyPair[]
}

/** @param options further options of the server */
export async function proveFleet(
  bench: Bench,
  { database, ids, store }: Fleet,
  name: string,
  options: Readonly<Record<string, string | boolean>> = {},
): Promise<ProvenFleet> {
  const now = Date.now()
  const authority = await createAuthority({ name: [{ type: 'CN', value: 'Bench' }], key: 'rsa-2048', now, days: 365 })
  const deviceCa = await bench.databases.file(`${name}.pem`)
  await writeFile(deviceCa, encodePem(authority.certificate.der, 'CERTIFICATE'))
  const privateKey = await newPrivateKey('rsa-2048')
  const request = readCertificateRequest(createCertificateRequest({ subject: [], privateKey }))
  const identities: KeyPair[] = []
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const pins: { readonly fingerprint: string; readonly enrollment: string; readonly notAfter: number }[] = []
    for (const id of ids.slice(from, from + AT_ONCE)) {
      const subject = [{ type: 'CN', value: id } as const]
      const certificate = await issueIdentity(authority, request, { subject, now, days: 365 })
      identities.push({ certificate, privateKey })
      pins.push({ fingerprint: certificate.fingerprint, enrollment: id, notAfter: certificate.notAfter })
    }
    await store.transaction(async (tx) => {
      for (const pin of pins) await tx.addPin({ ...pin, state: 'current', pinnedAt: now, revokedAt: null, why: null })
    })
  }
  const log = await bench.databases.file(`${name}-proven.log`)
  return { server: await startEdict(database, log, { ...options, insecureDevices: false, deviceCa }), identities }
}
