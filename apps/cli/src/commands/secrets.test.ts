import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, edict, listen } from '../captured-cli.ts'

const described = { name: 'bootstrap-token', period: 2, state: 'current', at: '2026-09-01T08:00:00.000Z' }
const value = Buffer.from([0, 255, 10, 0]).toString('base64')
const told: Answer = { body: { enrollment: 'MAC:1', ...described, value } }

describe('edict secrets', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'edict-secrets-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const run = async (answer: Answer, ...args: readonly string[]) => {
    await using peer = await listen(() => answer)
    const ended = await edict(['secrets', ...args], { EDICT_URL: peer.url, EDICT_ADMIN_TOKEN: 'secret' })
    return { ...ended, asked: peer.asked.map(({ method, path, body }) => ({ method, path, body })) }
  }

  it('list shows names, periods and times, and asks for no value', async () => {
    const { stdout, asked } = await run({ body: { items: [described] } }, 'list', 'MAC:1')
    expect(stdout).toMatch(/SECRET +PERIOD +STATE +ESCROWED\nbootstrap-token +2 +current +2026-09-01T08:00:00.000Z\n/)
    expect(asked).toEqual([{ method: 'GET', path: '/api/v1/enrollments/MAC%3A1/secrets', body: undefined }])
  })

  it('read prints the value alone on stdout, and sends the reason', async () => {
    const { stdout, asked } = await run(
      told,
      'read',
      'MAC:1',
      'bootstrap-token',
      '--reason',
      'ticket 12',
      '--period',
      '2',
    )
    expect(stdout).toBe(`${value}\n`)
    const path = '/api/v1/enrollments/MAC%3A1/secrets/bootstrap-token/read'
    expect(asked).toEqual([{ method: 'POST', path, body: { reason: 'ticket 12', period: 2 } }])
  })

  it('read --output writes the octets to a new file that only its owner may read, and prints no value', async () => {
    const file = join(folder, 'token')
    const { stdout, stderr } = await run(told, 'read', 'MAC:1', 'bootstrap-token', '--output', file, '--json')
    expect(await readFile(file)).toEqual(Buffer.from([0, 255, 10, 0]))
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(stdout + stderr).not.toContain(value)
    const again = await run(told, 'read', 'MAC:1', 'bootstrap-token', '--output', file)
    expect(again).toMatchObject({ code: 2, asked: [] })
  })

  it('read --output leaves no file where it is refused', async () => {
    const refused: Answer = {
      status: 404,
      type: 'application/problem+json',
      body: { status: 404, code: 'secret-missing', detail: 'none' },
    }
    const { code } = await run(refused, 'read', 'MAC:1', 'unlock-token', '--output', join(folder, 'none'))
    expect({ code, files: await readdir(folder) }).toEqual({ code: 4, files: ['token'] })
  })

  it.each([
    ['read', 'MAC:1', 'password'],
    ['read', 'MAC:1', 'unlock-token', '--period', 'last'],
    ['read', 'MAC:1', 'unlock-token', '--reason', ' '],
  ])('%s %s %s %s %s ends with 2, before anybody is asked', async (...args) => {
    expect(await run(told, ...args)).toMatchObject({ code: 2, asked: [] })
  })
})
