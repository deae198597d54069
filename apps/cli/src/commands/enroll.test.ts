import { stripVTControlCharacters } from 'node:util'
import { createColors } from 'picocolors'
import { encode } from 'uqr'
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
const { black, bgWhiteBright } = createColors(true)
const link = 'https://mdm.example/enroll/secret'

async function run(...args: readonly string[]) {
  await using peer = await listen(() => ({ body: args[0] === 'list' ? page : { ...invitation, link } }))
  const ended = await edict(['enroll', ...args], { EDICT_URL: peer.url, EDICT_ADMIN_TOKEN: 'secret' })
  return { ...ended, asked: peer.asked.map(({ method, path, body }) => ({ method, path, body })) }
}

async function invited(args: readonly string[], env: Readonly<Record<string, string>>, columns: number | undefined) {
  await using peer = await listen(() => ({ body: { ...invitation, link } }))
  return await edict(
    ['enroll', 'invite', ...args],
    { ...env, EDICT_URL: peer.url, EDICT_ADMIN_TOKEN: 'secret' },
    {},
    columns,
  )
}

/** Rows of dark modules, as a camera sees them. */
function modulesOf(lines: readonly string[], onWhite: boolean): readonly (readonly boolean[])[] {
  return lines.flatMap((line) => {
    const blocks = [...stripVTControlCharacters(line)]
    return ['▀█', '▄█'].map((inked) => blocks.map((block) => inked.includes(block) === onWhite))
  })
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

  it('invite shows the link as a QR code on a terminal, for a dark one without colours too', async () => {
    const { data, size } = encode(link, { ecc: 'L', boostEcc: true, border: 4 })
    expect(size).toBeLessThan(80)
    for (const env of [{ FORCE_COLOR: '1' }, { NO_COLOR: '1' }]) {
      const [first, ...lines] = (await invited([], env, 80)).stdout.trimEnd().split('\n')
      expect(first).toBe(link)
      const coloured = 'FORCE_COLOR' in env
      if (coloured) for (const line of lines) expect(line).toBe(bgWhiteBright(black(stripVTControlCharacters(line))))
      expect(modulesOf(lines, coloured).slice(0, size)).toEqual(data)
    }
  })

  it.each([
    ['--no-qr', ['--no-qr'], 80],
    ['--json', ['--json'], 80],
    ['a terminal that is too narrow', [], 30],
    ['a pipe', [], undefined],
  ])('invite shows no QR code with %s', async (_, args, columns) => {
    expect((await invited(args, {}, columns)).stdout).not.toMatch(/[▀▄█]/)
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
