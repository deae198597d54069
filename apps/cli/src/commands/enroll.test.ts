import { describe, expect, it } from 'vitest'
import { edict, listen } from '../captured-cli.ts'

const invitation = {
  id: 'ID',
  note: '',
  enrollment: null,
  state: 'open',
  devices: 1,
  used: 0,
  madeAt: '2026-09-01T08:00:00.000Z',
  expiresAt: '2026-09-01T09:00:00.000Z',
  usedAt: null,
  revokedAt: null,
}
const link = 'https://mdm.example/enroll/secret'

async function run(...args: readonly string[]) {
  await using peer = await listen(() => ({ body: args[0] === 'list' ? page : { ...invitation, link } }))
  const ended = await edict(['enroll', ...args], { EDICT_URL: peer.url, EDICT_ADMIN_TOKEN: 'secret' })
  return { ...ended, asked: peer.asked.map(({ method, path, body }) => ({ method, path, body })) }
}
const page = { items: [invitation], next: null }

describe('edict enroll', () => {
  it('invite prints the link alone on stdout, so that it can be piped', async () => {
    const { stdout, stderr, asked } = await run('invite', '--expires', '2h', '--devices', '30', '--note', 'class 5b')
    expect(stdout).toBe(`${link}\n`)
    expect(stderr).toContain('2026-09-01T09:00:00.000Z')
    expect(asked).toEqual([
      { method: 'POST', path: '/api/v1/invitations', body: { lifetime: 7200, devices: 30, note: 'class 5b' } },
    ])
  })

  it('invite is for one device and one hour where nothing else is said', async () => {
    expect((await run('invite')).asked[0]?.body).toEqual({ lifetime: 3600, devices: 1 })
  })

  it.each([
    ['--expires', '1'],
    ['--expires', '30s'],
    ['--expires', '31d'],
    ['--expires', 'soon'],
    ['--devices', '0'],
    ['--devices', 'all'],
  ])('invite %s %s ends with 2, before anybody is asked', async (option, value) => {
    const { code, stderr, asked } = await run('invite', option, value)
    expect({ code, asked }).toEqual({ code: 2, asked: [] })
    expect(stderr).toContain(`${option} ${value}`)
  })

  it('list shows invitations, revoke takes one back', async () => {
    expect((await run('list')).stdout).toContain('2026-09-01T09:00:00.000Z')
    expect((await run('revoke', 'ID')).asked[0]).toMatchObject({ method: 'DELETE', path: '/api/v1/invitations/ID' })
  })
})
