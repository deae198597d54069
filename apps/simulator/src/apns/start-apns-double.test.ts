import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:http2'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { faultOf } from './fault.ts'
import type { Push } from './push.ts'
import { type ApnsDouble, type ApnsDoubleOptions, startApnsDouble } from './start-apns-double.ts'

const doubles: ApnsDouble[] = []
const folder = mkdtempSync(join(tmpdir(), 'edict-apns-'))

afterEach(async () => {
  for (const double of doubles.splice(0)) await double.close()
  rmSync(join(folder, 'log'), { force: true })
})

async function start(options: Partial<ApnsDoubleOptions> = {}): Promise<ApnsDouble> {
  const double = await startApnsDouble({ listen: '127.0.0.1:0', ...options })
  doubles.push(double)
  return double
}

interface Told {
  readonly status: number
  readonly body: string
  readonly id: unknown
}

const good = { ':method': 'POST', ':path': '/3/device/AB01', 'apns-topic': 'com.apple.mgmt.x', 'apns-push-type': 'mdm' }

function push(url: string, headers: Record<string, string> = {}, body = '{"mdm":"magic"}'): Promise<Told> {
  const session = connect(url)
  return new Promise((resolve, reject) => {
    session.on('error', reject)
    const stream = session.request({ ...good, ...headers })
    let status = 0
    let id: unknown
    let text = ''
    stream.on('response', (answer) => {
      status = Number(answer[':status'])
      id = answer['apns-id']
    })
    stream.on('data', (chunk) => {
      text += chunk
    })
    stream.on('error', reject)
    stream.on('close', () => {
      session.close()
      resolve({ status, body: text, id })
    })
    stream.end(body)
  })
}

describe('a push', () => {
  it('is answered 200 with an id, logged before that, and wakes', async () => {
    const log = join(folder, 'log')
    const woken: Push[] = []
    const { url } = await start({ log, now: () => Date.UTC(2026, 8, 1), onPush: (_, one) => void woken.push(one) })
    const { status, body, id } = await push(url, { 'apns-expiration': '1788300000', 'apns-priority': '10' })
    expect([status, body]).toEqual([200, ''])
    expect(id).toMatch(/^[0-9A-F-]{36}$/)
    expect(readFileSync(log, 'utf8')).toBe(
      '{"at":"2026-09-01T00:00:00.000Z","token":"AB01","topic":"com.apple.mgmt.x","status":200}\n',
    )
    expect(woken).toEqual([{ token: 'AB01', topic: 'com.apple.mgmt.x', magic: 'magic', expires: 1_788_300_000_000 }])
  })

  it.each([
    ['a token that is not hex', { ':path': '/3/device/xyz' }, '{"mdm":"m"}', 400, 'BadDeviceToken'],
    ['another path', { ':path': '/4/device/AB' }, '{"mdm":"m"}', 404, 'BadPath'],
    ['another method', { ':method': 'PUT' }, '{"mdm":"m"}', 405, 'MethodNotAllowed'],
    ['no topic', { 'apns-topic': '' }, '{"mdm":"m"}', 400, 'MissingTopic'],
    ['another push type', { 'apns-push-type': 'alert' }, '{"mdm":"m"}', 400, 'InvalidPushType'],
    ['an unknown priority', { 'apns-priority': '7' }, '{"mdm":"m"}', 400, 'BadPriority'],
    ['a date as expiration', { 'apns-expiration': '2026-01-01' }, '{"mdm":"m"}', 400, 'BadExpirationDate'],
    ['no body', {}, '', 400, 'PayloadEmpty'],
    ['a body that is not JSON', {}, '{', 400, 'BadPayload'],
    ['no PushMagic', {}, '{"aps":{}}', 400, 'BadPayload'],
    ['more than PushMagic', {}, '{"mdm":"m","aps":{}}', 400, 'BadPayload'],
    ['more than 4096 octets', {}, `{"mdm":"${'m'.repeat(4090)}"}`, 413, 'PayloadTooLarge'],
  ])('with %s is refused, and wakes nobody', async (_, headers, body, status, reason) => {
    let woken = 0
    const double = await start({ onPush: () => (woken += 1) })
    const told = await push(double.url, headers, body)
    expect([told.status, told.body]).toEqual([status, JSON.stringify({ reason })])
    expect([woken, double.pushes]).toEqual([0, 1])
  })

  it('to a token that is nobody’s is refused when the double knows them all', async () => {
    const { url } = await start({ knows: (token) => token === 'AB01' })
    expect((await push(url)).status).toBe(200)
    expect(await push(url, { ':path': '/3/device/AB02' })).toMatchObject({
      status: 400,
      body: '{"reason":"BadDeviceToken"}',
    })
  })

  it('is refused by a fault for as long as there is one', async () => {
    const double = await start({ fault: faultOf('410'), now: () => 5 })
    expect(await push(double.url)).toMatchObject({ status: 410, body: '{"reason":"Unregistered","timestamp":5}' })
    double.fail(faultOf('503:2'))
    expect([(await push(double.url)).status, (await push(double.url)).status]).toEqual([200, 503])
    double.fail(null)
    expect((await push(double.url)).status).toBe(200)
  })

  it('whose waking fails is answered all the same', async () => {
    const { url } = await start({ onPush: () => Promise.reject(new Error('no')) })
    expect((await push(url)).status).toBe(200)
  })
})

it('says goodbye to its clients, and takes new ones', async () => {
  const double = await start()
  const session = connect(double.url)
  await new Promise((resolve) => session.once('connect', resolve))
  const said = new Promise((resolve) => session.once('goaway', resolve))
  const closed = new Promise<void>((resolve) => session.once('close', resolve))
  await push(double.url)
  double.goAway()
  expect(await said).toBe(0)
  await closed
  expect((await push(double.url)).status).toBe(200)
})

it('says so when the address is taken', async () => {
  const { url } = await start()
  await expect(startApnsDouble({ listen: new URL(url).host })).rejects.toMatchObject({ code: 'listen-failed' })
})

it.each(['nonsense', '127.0.0.1', '127.0.0.1:99999'])('does not listen on %s', async (listen) => {
  await expect(startApnsDouble({ listen })).rejects.toMatchObject({ code: 'option-unusable' })
})

it.each(['200', '503:0', 'x'])('cannot be told to fail with %s', (text) => {
  expect(() => faultOf(text)).toThrow('Cannot fail with')
})
