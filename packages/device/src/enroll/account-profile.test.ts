import { verifySignedData } from '@edict/pki'
import { decodePlist } from '@edict/protocol'
import { describe, expect, it } from 'vitest'
import type { DeviceOptions } from '../device-options.ts'
import { ScriptedAuthority } from '../testing/scripted-authority.ts'
import { json, ok, status } from '../testing/scripted-server.ts'
import { type Stage, stage } from '../testing/stage.ts'
import type { Post } from '../transport.ts'
import { relatedKeys } from './related-keys.ts'
import type { AccountWay } from './way.ts'

const start = Date.parse('2026-09-01T08:00:00Z')
const authority = await ScriptedAuthority.make(() => start)
const keys = relatedKeys('account-profile')
const challenge = { 'www-authenticate': 'Bearer method="apple-as-web", url="https://mdm.example/sign-in/account"' }
const wellKnown =
  'https://school.example/.well-known/com.apple.remotemanagement?user-identifier=ada%40home%40school.example&model-family='
const servers = {
  Servers: [
    { Version: 'mdm-byod', BaseURL: 'https://mdm.example/enroll/account/byod' },
    { Version: 'mdm-adde', BaseURL: 'https://mdm.example/enroll/account/adde' },
  ],
}

/** A server that wants somebody to sign in, and a person who does: the tokens are `token-1`, `token-2` … */
async function offered(options: Partial<DeviceOptions> = {}, mdm = {}) {
  const made = await stage({ kind: 'byod-iphone', keys, ...options })
  const { server } = made
  const posts: Post[] = []
  const opened: string[] = []
  server.authority = authority
  for (const family of ['iPhone', 'iPad']) server.contents.set(`${wellKnown}${family}`, json(servers))
  server.enrolls = (post) => {
    if (!post.url.startsWith('https://mdm.example/enroll/account/')) return undefined
    posts.push(post)
    const EnrollmentMode = post.url.endsWith('byod') ? 'BYOD' : 'ADDE'
    if (post.headers?.authorization === undefined) return status(401, challenge)
    return ok(authority.profile({ EnrollmentMode, AssignedManagedAppleID: 'ada@school.example', ...mdm }))
  }
  const way: AccountWay = {
    kind: 'account',
    identifier: 'ada@home@school.example',
    signIn: async (url) => {
      opened.push(url)
      return `apple-remotemanagement-user-login://authentication-results?access-token=token-${opened.length}`
    },
  }
  return { ...made, way, posts, opened }
}

function bearers({ server }: Pick<Stage, 'server'>): readonly (string | undefined)[] {
  return server.proofs.map(({ sealed }) => sealed?.authorization)
}

describe('account-driven enrollment', () => {
  it('finds the server by what stands behind the last @, signs in, and sends the token with everything', async () => {
    const made = await offered()
    const { device, server, way, posts, opened } = made
    server.proofs.length = 0
    await device.enroll(way)
    expect(posts.map(({ url, headers }) => [url, headers?.authorization])).toEqual([
      ['https://mdm.example/enroll/account/byod', undefined],
      ['https://mdm.example/enroll/account/byod', 'Bearer token-1'],
    ])
    expect(opened).toEqual(['https://mdm.example/sign-in/account?user-identifier=ada%40home%40school.example'])
    await device.connect()
    expect(new Set(bearers(made))).toEqual(new Set(['Bearer token-1']))
  })

  it('tells nothing by which a person’s own device could be known', async () => {
    const { device, way, posts } = await offered()
    await device.enroll(way)
    const info = decodePlist(verifySignedData(posts[0]?.body ?? new Uint8Array()).content)
    expect(info).toMatchObject({ PRODUCT: 'iPhone16,1', LANGUAGE: 'en' })
    expect(Object.keys(info as object)).not.toContain('UDID')
    expect(Object.keys(info as object)).not.toContain('SERIAL')
  })

  it('of a device that the organization owns takes the server for those', async () => {
    const { device, way, posts } = await offered({ kind: 'ipad' })
    await device.enroll(way)
    expect(posts[0]?.url).toBe('https://mdm.example/enroll/account/adde')
  })

  it('refuses a profile for the other mode', async () => {
    const { device, way } = await offered({}, { EnrollmentMode: 'ADDE' })
    await expect(device.enroll(way)).rejects.toMatchObject({ code: 'enrollment-mode-foreign', found: 'ADDE' })
  })

  it.each([
    ['no server is for it', { Servers: [{ Version: 'mdm-adde', BaseURL: 'https://mdm.example/' }] }],
    ['the answer is something else', 'hello'],
  ])('ends when %s', async (_, said) => {
    const { device, server, way } = await offered()
    server.contents.set(`${wellKnown}iPhone`, json(said))
    await expect(device.enroll(way)).rejects.toMatchObject({ code: 'discovery-failed' })
  })

  it('ends when the person gives up, or the session ends elsewhere', async () => {
    const { device, way } = await offered()
    const gaveUp = { ...way, signIn: () => Promise.reject(new Error('cancelled')) }
    await expect(device.enroll(gaveUp)).rejects.toMatchObject({ code: 'sign-in-failed', found: 'cancelled' })
    const elsewhere = { ...way, signIn: async () => 'https://attacker.example/?access-token=token' }
    await expect(device.enroll(elsewhere)).rejects.toMatchObject({ code: 'sign-in-failed' })
  })

  it('signs in again when the token is no longer good, once, and stays enrolled when that does not help', async () => {
    const made = await offered()
    const { device, server, way, opened } = made
    await device.enroll(way)
    server.proofs.length = 0
    let refuse = 1
    server.intercept = (endpoint) => (endpoint === 'Idle' && refuse-- > 0 ? status(401, challenge) : undefined)
    await device.connect()
    expect(bearers(made)).toEqual(['Bearer token-1', 'Bearer token-2'])
    refuse = 2
    await device.connect()
    expect(opened).toHaveLength(3)
    expect(device.inspect().enrolled).toBe(true)
  })

  it('keeps its token, and needs somebody to sign in again', async () => {
    const made = await offered()
    await made.device.enroll(made.way)
    const state = made.device.save()
    const again = await stage({ kind: 'byod-iphone', state, keys, transport: made.server, signIn: made.way.signIn })
    made.server.proofs.length = 0
    await again.device.connect()
    expect(bearers(made)).toEqual(['Bearer token-1'])
    made.server.intercept = (endpoint) => (endpoint === 'Idle' ? status(401, challenge) : undefined)
    await again.device.connect()
    expect(bearers(made).at(-1)).toBe('Bearer token-2')
  })

  it('has another EnrollmentID each time, on all channels, and keeps it', async () => {
    const made = await offered({ kind: 'byod-mac' })
    const { device, server, way } = made
    server.contents.set(`${wellKnown}Mac`, json(servers))
    await device.enroll({ ...way })
    const first = device.channels().map(({ id }) => id)
    await device.enroll({ ...way })
    const second = device.channels().map(({ id }) => id)
    expect(second).not.toEqual(first)
    expect(second[1]?.startsWith(`${device.id}:`)).toBe(true)
    expect(server.checkIns.at(-1)).toMatchObject({ EnrollmentID: device.id })
    const again = await stage({ kind: 'byod-mac', state: device.save(), keys, transport: server })
    expect(again.device.channels().map(({ id }) => id)).toEqual(second)
  })

  it('goes on with the profile it got when the same way is tried again', async () => {
    const { device, server, way, opened } = await offered()
    server.intercept = (endpoint) => (endpoint === 'Authenticate' ? status(503) : undefined)
    await expect(device.enroll(way)).rejects.toMatchObject({ code: 'enrollment-refused' })
    server.intercept = () => undefined
    await device.enroll(way)
    expect(opened).toHaveLength(1)
  })
})

describe('everybody else', () => {
  it('forgets its enrollment at a 401', async () => {
    const { device, server } = await stage()
    server.intercept = () => status(401, challenge)
    await device.connect()
    expect(device.inspect().enrolled).toBe(false)
  })
})
