import { createVerify, generateKeyPairSync } from 'node:crypto'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeGetTokenReply } from '@edict/protocol'
import { readConfig, startServer } from '@edict/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databases } from '../harness/databases.ts'
import { identityFor } from '../harness/proof-by-hand.ts'
import { authenticate, outcome, say, updateToken } from '../harness/speaker.ts'
import { openWorld, type World } from '../harness/world.ts'

const SERVER = '677cab70-fe18-11e2-b778-0800200c9a66'
const MAID = 'com.apple.maid'
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' })

let folder: string
const fileOf = async (name: string, content: string | Buffer, mode = 0o600) => {
  const file = join(folder, name)
  await writeFile(file, content)
  await chmod(file, mode)
  return file
}
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'edict-ade-'))
})
afterAll(() => rm(folder, { recursive: true }))

describe.each(databases)('GetToken for Managed Apple Accounts on %s', (database) => {
  const at = Date.UTC(2027, 0, 1, 12, 0, 0, 700)
  let world: World
  beforeAll(async () => {
    const options = { adeTokenKey: await fileOf(`${database}.pem`, pem), adeServerUuid: SERVER }
    world = await openWorld(database, { insecureDevices: false, now: () => at, options })
  })
  afterAll(() => world.close())

  const message = (keys: { UDID: string; UserID?: string }, TokenServiceType = MAID) =>
    ({ MessageType: 'GetToken', ...keys, TokenServiceType }) as const

  it('is a JSON Web Token of our own for each question, which Apple can verify by the registered certificate', async () => {
    const keys = { UDID: 'IPAD-MAID' }
    const by = await identityFor(keys.UDID, world.admin, world.server)
    expect(outcome(await say(world.url, keys, authenticate(keys), { by }))).toBe('accepted')
    expect(outcome(await say(world.url, keys, message(keys), { by }))).toBe('token-service-missing')
    expect(outcome(await say(world.url, keys, updateToken(keys), { by }))).toBe('accepted')
    const tokens = [
      await say(world.url, keys, message(keys), { by }),
      await say(world.url, keys, message(keys), { by }),
    ]
    const read = tokens.map(({ body }) => verified(Buffer.from(decodeGetTokenReply(Buffer.from(body)).TokenData)))
    for (const { header, claims } of read) {
      expect(header).toEqual({ alg: 'RS256', typ: 'JWT' })
      expect(claims).toEqual({
        iss: SERVER,
        iat: Math.floor(at / 1000),
        jti: expect.stringMatching(/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/),
        service_type: MAID,
      })
    }
    expect(new Set(read.map(({ claims }) => claims.jti)).size).toBe(2)
    expect(outcome(await say(world.url, keys, message(keys, 'com.apple.other'), { by }))).toBe('token-service-missing')
  })

  it('is for nobody who is not enrolled, or cannot prove who it is', async () => {
    const keys = { UDID: 'IPAD-STRANGER' }
    expect(outcome(await say(world.url, keys, message(keys)))).toBe('identity-unproved')
    const by = await identityFor(keys.UDID, world.admin, world.server)
    expect(outcome(await say(world.url, keys, message(keys), { by }))).toBe('identity-unpinned')
    const other = { UDID: 'IPAD-MAID' }
    expect(outcome(await say(world.url, other, message(other), { by }))).toBe('identity-mismatch')
  })
})

describe('GetToken where it is not set up', () => {
  it('is refused, and says so', async () => {
    const world = await openWorld('sqlite')
    try {
      const keys = { UDID: 'IPAD' }
      for (const one of [authenticate(keys), updateToken(keys)]) await say(world.url, keys, one)
      const asked = { MessageType: 'GetToken', ...keys, TokenServiceType: MAID } as const
      const reply = await say(world.url, keys, asked)
      expect(outcome(reply)).toBe('token-service-missing')
      expect(reply.body).toContain('not set up')
    } finally {
      await world.close()
    }
  })

  it.each<[string, () => Promise<Record<string, string>>, RegExp]>([
    ['the key alone', async () => ({ adeTokenKey: 'x' }), /--ade-token-key alone: add --ade-server-uuid/],
    ['the id alone', async () => ({ adeServerUuid: SERVER }), /--ade-server-uuid alone: add --ade-token-key/],
    ['an id that is none', async () => ({ adeTokenKey: 'x', adeServerUuid: 'x' }), /expected the UUID/],
    ['no file', async () => ({ adeTokenKey: join(folder, 'none'), adeServerUuid: SERVER }), /there is no such file/],
    [
      'a file that others may read',
      async () => ({ adeTokenKey: await fileOf('open.pem', pem, 0o644), adeServerUuid: SERVER }),
      /others may read it/,
    ],
    [
      'a key of another kind',
      async () => {
        const { privateKey: ec } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
        const file = await fileOf('ec.pem', ec.export({ type: 'pkcs8', format: 'pem' }))
        return { adeTokenKey: file, adeServerUuid: SERVER }
      },
      /a key of type ec .* expected an RSA key/,
    ],
  ])('a start is refused with %s', async (_, options, why) => {
    const data = join(folder, 'data')
    const starts = async () => startServer(readConfig({ data, listen: '127.0.0.1:0', ...(await options()) }, 'token'))
    await expect(starts()).rejects.toThrow(why)
  })
})

/** Reads a compact JWS by hand, with the signature checked by another library than made it. */
function verified(token: Buffer) {
  const [header = '', claims = '', signature = '', ...more] = token.toString('utf8').split('.')
  expect(more).toEqual([])
  const check = createVerify('RSA-SHA256').update(`${header}.${claims}`)
  expect(check.verify(publicKey, Buffer.from(signature, 'base64url'))).toBe(true)
  const json = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>
  return { header: json(header), claims: json(claims) }
}
