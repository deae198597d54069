import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ApnsOptions, createApns } from '@edict/server'
import { type ApnsDouble, type ApnsDoubleOptions, faultOf, type Push, startApnsDouble } from '@edict/simulator'
import { pino } from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import { type PushPem, pushAuthority } from '../harness/push-authority.ts'
import { freePort, trustedLocalhost } from '../harness/tls-ground.ts'

const TOPIC = 'com.apple.mgmt.External.client'
const MINUTE = 60_000
const openssl: string = 'openssl'
/** Without it one test is left out. */
const hasOpenssl = spawnSync(openssl, ['version']).status === 0
const closing: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function double(options: Partial<ApnsDoubleOptions> = {}) {
  const seen: Push[] = []
  const started = await startApnsDouble({ listen: '127.0.0.1:0', onPush: (_, push) => seen.push(push), ...options })
  closing.push(() => started.close())
  return Object.assign(started, { seen })
}

function client(to: Pick<ApnsDouble, 'url'>, options: Partial<ApnsOptions> = {}) {
  const alarms: (string | null)[] = []
  const apns = createApns({
    origin: to.url,
    credentials: async () => null,
    now: Date.now,
    log: pino({ level: 'silent' }),
    onAlarm: (_, alarm) => alarms.push(alarm?.reason ?? null),
    ...options,
  })
  closing.push(() => apns.close())
  return Object.assign(apns, { raised: alarms })
}

const target = (token: string, magic = 'magic') => ({ topic: TOPIC, token, magic })
const many = (count: number) => Array.from({ length: count }, (_, index) => target(index.toString(16).padStart(8, '0')))
const shown = ({ certificate: cert, key }: PushPem) => ({
  cert,
  key,
  fingerprint: createHash('sha256').update(cert).digest('hex'),
})

describe('a push', () => {
  it('says everything that Apple wants to know, and may wait a week for its device', async () => {
    const to = await double()
    expect(await client(to, { now: () => 1000 * MINUTE }).send(target('ab01'))).toEqual({ kind: 'accepted' })
    const expires = 1000 * MINUTE + 7 * 24 * 60 * MINUTE
    expect(to.seen).toEqual([{ token: 'ab01', topic: TOPIC, magic: 'magic', expires }])
  })

  it('goes once for all that come while it is under way: with the newest magic', async () => {
    const to = await double()
    const apns = client(to)
    const sent = await Promise.all(['1', '2', '3', '4'].map((magic) => apns.send(target('ab01', magic))))
    expect(sent.every(({ kind }) => kind === 'accepted')).toBe(true)
    expect(to.seen.map(({ magic }) => magic)).toEqual(['1', '4'])
  })

  it('takes no more streams than the service allows, also when that becomes one', async () => {
    const to = await double({ mostStreams: 7 })
    const apns = client(to)
    await Promise.all(many(200).map((each) => apns.send(each)))
    expect([to.pushes, to.mostOpen, to.connections]).toEqual([200, 7, 1])
    to.limitStreams(1)
    for (const each of many(20)) await apns.send(each)
    expect(await Promise.all(many(50).map((each) => apns.send(each)))).toHaveLength(50)
    expect(to.connections).toBe(1)
  })
})

describe('a session that ends', () => {
  it.each([
    ['with a goodbye', 'none goes twice', 0],
    ['with ENHANCE_YOUR_CALM', 'few go twice', 11],
  ])('%s loses no push, and %s', async (_, __, code) => {
    const to = await double({
      mostStreams: 20,
      onPush: () => {
        if ([30, 90].includes(to.pushes)) to.goAway({ code, reason: 'Shutdown' })
      },
    })
    const seen: string[] = []
    to.fail(({ token }) => {
      seen.push(token)
      return null
    })
    const apns = client(to)
    const sent = await Promise.all(many(200).map((each) => apns.send(each)))
    expect(sent.filter(({ kind }) => kind !== 'accepted')).toEqual([])
    expect(new Set(seen).size).toBe(200)
    // With an error, answers that are on their way are lost: those of the streams that were open.
    expect(seen.length).toBeLessThanOrEqual(code === 0 ? 200 : 240)
    expect(to.connections).toBe(3)
  })

  it('with the service is opened again when that is back', async () => {
    const to = await double()
    const apns = client(to)
    await apns.send(target('ab01'))
    const { host } = new URL(to.url)
    await to.close()
    const late = apns.send(target('ab02'))
    const again = await double({ listen: host })
    expect(await late).toEqual({ kind: 'accepted' })
    expect(again.pushes).toBe(1)
  })

  it('for good leaves the push for later', async () => {
    const to = await double()
    await to.close()
    const before = Date.now()
    expect(await client(to).send(target('ab01'))).toMatchObject({ kind: 'later', reason: 'no-answer', held: false })
    expect(Date.now() - before).toBeLessThan(9_000)
  })
})

describe('an answer', () => {
  it('429 or 5xx is tried again, and accepted then', async () => {
    const to = await double({ fault: onceEach({ status: 429, reason: 'TooManyRequests' }) })
    const apns = client(to)
    const sent = await Promise.all(many(50).map((each) => apns.send(each)))
    expect([sent.every(({ kind }) => kind === 'accepted'), to.pushes]).toEqual([true, 100])
  })

  it('with a short Retry-After is waited for; with a long one the push is put off until then', async () => {
    const short = await double({ fault: onceEach({ status: 503, reason: 'ServiceUnavailable', retryAfter: 1 }) })
    const before = performance.now()
    expect(await client(short).send(target('ab01'))).toEqual({ kind: 'accepted' })
    expect(performance.now() - before).toBeGreaterThanOrEqual(1000)
    const long = await double({ fault: faultOf('429;after=600') })
    const put = await client(long, { now: () => 0 }).send(target('ab01'))
    expect(put).toMatchObject({ kind: 'later', reason: 'TooManyRequests', held: false })
    expect(put.kind === 'later' && put.at >= 10 * MINUTE && put.at <= 11 * MINUTE).toBe(true)
  })

  it('410 retires the token since when it says', async () => {
    const to = await double({ fault: () => ({ status: 410, reason: 'Unregistered', since: 5000 }) })
    expect(await client(to).send(target('ab01'))).toEqual({ kind: 'retired', reason: 'Unregistered', since: 5000 })
  })

  it('400 to one device among many is counted, and raises no alarm', async () => {
    const to = await double({ fault: faultOf('400@00000003') })
    const apns = client(to)
    const sent = await Promise.all(many(20).map((each) => apns.send(each)))
    expect(sent.filter(({ kind }) => kind !== 'accepted')).toEqual([{ kind: 'refused', reason: 'BadDeviceToken' }])
    expect([apns.alarms.size, apns.raised]).toEqual([0, []])
  })

  it('400 to all raises one alarm, the rest is held back, and goes on when it works again', async () => {
    let now = 0
    const to = await double({ fault: faultOf('400') })
    const apns = client(to, { now: () => now })
    for (const each of many(12)) await apns.send(each)
    expect([to.pushes, apns.raised]).toEqual([5, ['BadDeviceToken']])
    expect(apns.alarms.get(TOPIC)).toMatchObject({ reason: 'BadDeviceToken', devices: 5, of: 5, until: MINUTE })
    expect(await apns.send(target('ff'))).toEqual({ kind: 'later', reason: 'circuit-open', at: MINUTE, held: true })
    to.fail(null)
    now = MINUTE
    expect(await apns.send(target('ff'))).toEqual({ kind: 'accepted' })
    expect([apns.alarms.size, apns.raised]).toEqual([0, ['BadDeviceToken', null]])
  })
})

describe('over TLS', () => {
  const authority = pushAuthority()

  it('the certificate of the topic is shown', async () => {
    const { tls, issue } = await authority
    const to = await double({ listen: 'localhost:0', tls })
    const mine = shown(await issue(TOPIC))
    const apns = client(to, { credentials: async (topic) => (topic === TOPIC ? mine : null) })
    expect(await apns.send(target('ab01'))).toEqual({ kind: 'accepted' })
    expect(await apns.send({ ...target('ab02'), topic: 'com.apple.mgmt.External.other' })).toEqual({
      kind: 'refused',
      reason: 'no-push-certificate',
    })
    expect([to.pushes, to.connections]).toEqual([1, 1])
  })

  it('a wrong certificate raises an alarm with the second device, loses no push, and a right one ends it', async () => {
    const { tls, issue } = await authority
    const to = await double({ listen: 'localhost:0', tls })
    let mine = shown(await (await pushAuthority()).issue(TOPIC))
    const apns = client(to, { credentials: async () => mine })
    const refused = await Promise.all(many(2).map((each) => apns.send(each)))
    expect(refused.map((one) => one.kind === 'later' && one.reason)).toEqual(['BadCertificate', 'BadCertificate'])
    expect(await apns.send(target('ff'))).toMatchObject({ kind: 'later', reason: 'circuit-open', held: true })
    mine = shown(await issue(TOPIC))
    expect(await apns.send(target('ff'))).toEqual({ kind: 'accepted' })
    expect(apns.raised).toEqual(['BadCertificate', null])
  })

  const versions = ['-tls1_2', '-tls1_3']
  it.skipIf(!hasOpenssl).each(versions)(
    'a certificate that TLS itself refuses is told as such (%s)',
    async (version) => {
      const { issue } = await authority
      const mine = shown(await issue(TOPIC))
      const url = await strictListener(version)
      const apns = client({ url }, { credentials: async () => mine })
      const sent = await Promise.all(many(2).map((each) => apns.send(each)))
      expect(sent.map((one) => one.kind === 'later' && one.reason)).toEqual(['tls-refused', 'tls-refused'])
      expect(apns.raised).toEqual(['tls-refused'])
    },
  )

  it('a service that nobody vouches for is not spoken with', async () => {
    const { tls, issue } = await authority
    const to = await double({ listen: '127.0.0.1:0', tls })
    const mine = shown(await issue(TOPIC))
    const apns = client(to, { credentials: async () => mine })
    const sent = await Promise.all(many(2).map((each) => apns.send(each)))
    expect(sent.map((one) => one.kind === 'later' && one.reason)).toEqual(['tls-untrusted', 'tls-untrusted'])
    expect([to.pushes, apns.raised]).toEqual([0, ['tls-untrusted']])
  })
})

/** OpenSSL's own listener, which refuses every client certificate with an alert, as Node's does not. */
async function strictListener(version: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'edict-strict-'))
  const { cert, key } = await trustedLocalhost()
  const files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') }
  await writeFile(files.cert, cert)
  await writeFile(files.key, key, { mode: 0o600 })
  const port = await freePort()
  const args = ['-accept', String(port), '-cert', files.cert, '-key', files.key, '-CAfile', files.cert]
  const strict = ['-Verify', '1', '-verify_return_error', '-alpn', 'h2', version]
  const child = spawn(openssl, ['s_server', ...args, ...strict], { stdio: ['pipe', 'pipe', 'ignore'] })
  const exited = once(child, 'exit')
  closing.push(async () => {
    child.kill()
    await exited
    await rm(folder, { recursive: true })
  })
  // It says ACCEPT, and more that nobody reads.
  await once(child.stdout, 'data')
  child.stdout.resume()
  return `https://localhost:${port}`
}

/** Refuses the first push to each device. */
function onceEach(refusal: { readonly status: number; readonly reason: string; readonly retryAfter?: number }) {
  const seen = new Set<string>()
  return ({ token }: Push) => {
    if (seen.has(token)) return null
    seen.add(token)
    return refusal
  }
}
