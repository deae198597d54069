import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCertificateRequest, issueIdentity, newPrivateKey, readCertificateRequest } from '@edict/pki'
import { type RunningServer, readConfig, startServer } from '@edict/server'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { TOKEN } from '../harness/admin.ts'
import { activation, testConfiguration } from '../harness/declarations.ts'
import { giveSet, putSet } from '../harness/give.ts'
import { handIn } from '../harness/hand-in.ts'
import { signed, type TestAuthority, testAuthority } from '../harness/identities.ts'
import { authorityKey, MASTER_KEY } from '../harness/keys.ts'
import { openWorld, type World } from '../harness/world.ts'
import { watchHeld } from './watch-held.ts'

const DEVICES = 10_000
const AT_ONCE = 64
const MEBIBYTE = 1024 * 1024
const octets = randomBytes(MEBIBYTE / 16)
const sha256 = createHash('sha256').update(octets).digest('hex')

let folder: string
let world: World
let authority: TestAuthority
let server: RunningServer
/** A signature of each device, by a certificate of its own. */
let signatures: Record<string, string>[]
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'edict-assets-'))
  authority = await testAuthority('Assets')
  world = await openWorld('sqlite', { behindProxy: true, options: { content: folder } })
  await handIn(world.url, 'asset', 'application/octet-stream', octets)
  await putSet(world.admin, 'asset', {
    asset: { Type: 'com.apple.asset.data', Payload: { Reference: { $content: 'asset' } } },
    test: { ...testConfiguration('asset'), Payload: { Echo: 'asset', EchoDataAssetReference: 'asset' } },
    'test.on': activation(['test']),
  })
  const first = await world.enroll({ kind: 'ipad' })
  await giveSet(world.admin, 'asset', first.id)
  await world.inSync(first)
  signatures = await copies(first.id)
  // The same database, and from here on everybody has to say who they are.
  const options = { listen: '127.0.0.1:0', database: world.database, content: folder, deviceCa: authority.file }
  const config = readConfig({ ...options, url: 'https://mdm.example.org' }, TOKEN, MASTER_KEY)
  server = await startServer(config, { authorityKey, log: pino({ level: 'silent' }) })
}, 120_000)
afterAll(async () => {
  await server.close()
  await world.close()
  await authority.remove()
  await rm(folder, { recursive: true, force: true })
})

/** Enrollments like a first one, which are to have what it has. */
async function copies(of: string): Promise<Record<string, string>[]> {
  const { store } = world.server.services
  const channel = await store.read.channel(of)
  if (channel === undefined) throw new Error(`${of} is not enrolled`)
  const ids = Array.from({ length: DEVICES }, (_, index) => `ASSET-${index}`)
  const { enrollment } = channel
  await store.transaction((tx) =>
    tx.saveEnrollments(ids.map((id) => ({ ...enrollment, id, device: id, channel: 'device', push: null }))),
  )
  const privateKey = await newPrivateKey('p-256')
  const request = readCertificateRequest(createCertificateRequest({ subject: [], privateKey }))
  const now = Date.now()
  const made: Record<string, string>[] = []
  const pins: { readonly fingerprint: string; readonly enrollment: string; readonly notAfter: number }[] = []
  for (const id of ids) {
    const certificate = await issueIdentity(authority, request, { subject: [{ type: 'CN', value: id }], now, days: 9 })
    pins.push({ fingerprint: certificate.fingerprint, enrollment: id, notAfter: certificate.notAfter })
    made.push(signed('', { certificate, privateKey }))
  }
  await store.transaction(async (tx) => {
    for (const pin of pins) await tx.addPin({ ...pin, state: 'current', pinnedAt: now, revokedAt: null, why: null })
  })
  return made
}

function fetched(headers: Record<string, string>, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    get(`${server.url}/content/${sha256}/asset`, { headers, agent }, (response) => {
      const hash = createHash('sha256')
      response.on('data', (chunk: Buffer) => hash.update(chunk))
      response.on('end', () => resolve(`${response.statusCode} ${hash.digest('hex')}`))
    }).on('error', reject)
  })
}

it('ten thousand devices fetch one asset, each gets all of it, and little of it is in memory', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })
  const mostHeld = watchHeld(1000)
  const answers = new Map<string, number>()
  const queue = signatures.values()
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const signature of queue) {
        const answer = await fetched(signature, agent)
        answers.set(answer, (answers.get(answer) ?? 0) + 1)
      }
    }),
  )
  const most = mostHeld()
  agent.destroy()
  expect([...answers]).toEqual([[`200 ${sha256}`, DEVICES]])
  expect(most).toBeLessThan(128)
  // Nobody else got anything.
  const stranger = await authority.issue('nobody')
  expect(await fetched(signed('', stranger), new Agent())).toMatch(/^400 /)
}, 240_000)
