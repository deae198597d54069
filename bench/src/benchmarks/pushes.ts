import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { fileURLToPath } from 'node:url'
import {
  createAuthority,
  createCertificateRequest,
  createSelfSigned,
  encodePem,
  issueIdentity,
  type KeyPair,
  newPrivateKey,
  readCertificateRequest,
} from '@edict/pki'
import { createApns } from '@edict/server'
import type { Benchmark, Figure } from '../benchmark.ts'
import { databaseNames } from '../database-name.ts'

const EDICT = fileURLToPath(new URL('../../../apps/cli/bin/edict.js', import.meta.url))
const TOPIC = 'com.apple.mgmt.External.bench'
/** Pushes that wait for their answers at a time: a page of the wake job. */
const AT_ONCE = 500

/** The push client over TLS with a certificate, to the double in a process of its own. */
export const pushes: Benchmark = {
  name: 'pushes',
  title: 'How many pushes a second one node can make (no database takes part)',
  run: async ({ quick, say }) => {
    const count = quick ? 2_000 : 50_000
    const folder = await mkdtemp(join(tmpdir(), 'edict-bench-pushes-'))
    try {
      const { credentials, options } = await certificates(folder)
      const double = await startDouble(options)
      const apns = createApns({
        origin: double.url,
        credentials: async () => credentials,
        now: Date.now,
        log: { info: () => undefined, warn: (about: unknown) => console.error(about) },
        onAlarm: () => undefined,
      })
      await push(apns, 0, AT_ONCE)
      say(`${count} pushes`)
      const [start, before] = [performance.now(), process.cpuUsage()]
      for (let sent = 0; sent < count; sent += AT_ONCE) await push(apns, sent, AT_ONCE)
      const ms = performance.now() - start
      const { user, system } = process.cpuUsage(before)
      await apns.close()
      await double.stop()
      return [
        line('pushed, 500 at a time', 'a second', (1000 * count) / ms),
        line('CPU of the node for each', 'ms', (user + system) / 1000 / count),
      ]
    } finally {
      await rm(folder, { recursive: true })
    }
  },
}

function line(what: string, unit: Figure['unit'], value: number): Figure {
  return { what, unit, values: Object.fromEntries(databaseNames.map((name) => [name, value])) }
}

async function push(apns: ReturnType<typeof createApns>, from: number, count: number): Promise<void> {
  const tokens = Array.from({ length: count }, (_, index) => (from + index).toString(16).padStart(64, '0'))
  const sent = await Promise.all(tokens.map((token) => apns.send({ topic: TOPIC, token, magic: 'magic' })))
  const lost = sent.find(({ kind }) => kind !== 'accepted')
  if (lost !== undefined) throw new Error(`Cannot measure pushes: one was ${JSON.stringify(lost)}`)
}

async function startDouble(options: readonly string[]) {
  const args = [EDICT, 'apns-double', '--listen', 'localhost:0', ...options]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] })
  const lines = createInterface({ input: child.stdout })
  const [first] = (await once(lines, 'line')) as [string]
  const { url } = JSON.parse(first) as { readonly url: string }
  const stop = async () => {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  return { url, stop }
}

async function certificates(folder: string) {
  const now = Date.now()
  const named = (value: string) => [{ type: 'CN', value }] as const
  const server = await createSelfSigned(named('localhost'), await newPrivateKey('p-256'), now)
  const authority = await createAuthority({ name: named('Push'), key: 'p-256', now, days: 30 })
  // What Apple issues has RSA too.
  const privateKey = await newPrivateKey('rsa-2048')
  const subject = [...named('APSP:bench'), { type: 'UID', value: TOPIC } as const]
  const request = readCertificateRequest(createCertificateRequest({ subject, privateKey }))
  const certificate = await issueIdentity(authority, request, { subject, now, days: 30 })
  const file = async (name: string, text: string) => {
    await writeFile(join(folder, name), text, { mode: 0o600 })
    return join(folder, name)
  }
  await mkdir(join(folder, 'meet'), { mode: 0o700 })
  setDefaultCACertificates([...getCACertificates('default'), pem(server)])
  return {
    credentials: { cert: pem({ certificate }), key: keyOf({ privateKey }), fingerprint: certificate.fingerprint },
    options: [
      ...['--tls-cert', await file('server.pem', pem(server))],
      ...['--tls-key', await file('server.key', keyOf(server))],
      ...['--client-ca', await file('ca.pem', pem(authority))],
      ...['--meet', join(folder, 'meet')],
    ],
  }
}

function pem({ certificate }: Pick<KeyPair, 'certificate'>): string {
  return encodePem(certificate.der, 'CERTIFICATE')
}

function keyOf({ privateKey }: Pick<KeyPair, 'privateKey'>): string {
  return String(privateKey.export({ type: 'pkcs8', format: 'pem' }))
}
