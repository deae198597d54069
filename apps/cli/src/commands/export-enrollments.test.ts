import { describe, expect, it } from 'vitest'
import { type Asked, edict, listen } from '../captured-cli.ts'

const push = { Topic: 'com.apple.mgmt.x', Token: 'ab', PushMagic: 'm' }
const device = { UDID: 'A', ...push }
const user = { UDID: 'A', UserID: 'U', ...push }
const secrets = [
  { name: 'unlock-token', period: 2, state: 'current', at: '2026-09-01T08:00:00.000Z' },
  { name: 'bootstrap-token', period: 1, state: 'past', at: '2026-08-01T08:00:00.000Z' },
]

function answer({ method, path }: Asked) {
  if (path.endsWith('/secrets')) return { body: { items: secrets } }
  if (method === 'POST') return { body: { enrollment: 'A', ...secrets[0], value: 'c2VjcmV0' } }
  return { body: path.includes('cursor') ? { items: [user], next: null } : { items: [device], next: 'more' } }
}

async function run(...args: readonly string[]) {
  await using peer = await listen(answer)
  const env = { EDICT_URL: peer.url, EDICT_ADMIN_TOKEN: 'secret' }
  const ended = await edict(['enrollments', 'export', ...args], env)
  return {
    ...ended,
    rows: ended.stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
    asked: peer.asked,
  }
}

describe('edict enrollments export', () => {
  it('prints every page, one row a line, and asks for no secret', async () => {
    const { rows, asked } = await run()
    expect(rows).toEqual([device, user])
    expect(asked.map(({ method }) => method)).toEqual(['GET', 'GET'])
  })

  it('adds what a device has escrowed and is current, with the reason for the audit', async () => {
    const { rows, asked } = await run('--secrets', '--reason', 'we move')
    expect(rows).toEqual([{ ...device, UnlockToken: 'c2VjcmV0' }, user])
    const reads = asked.filter(({ method }) => method === 'POST')
    expect(reads.map(({ path, body }) => [path, body])).toEqual([
      ['/api/v1/enrollments/A/secrets/unlock-token/read', { period: 2, reason: 'we move' }],
    ])
  })

  it('takes no empty reason', async () => {
    expect((await run('--secrets', '--reason', ' ')).code).toBe(2)
  })
})
