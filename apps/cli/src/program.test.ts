import { describe, expect, it } from 'vitest'
import { type Answer, type Asked, edict, listen } from './captured-cli.ts'

const change = { revision: 12, problems: [], effects: { declarations: ['wifi'], cohorts: 1, channels: 40 } }

async function against(answer: (asked: Asked) => Answer, args: readonly string[], files = {}) {
  await using peer = await listen(answer)
  const ended = await edict(args, { EDICT_URL: peer.url, EDICT_ADMIN_TOKEN: 'secret' }, files)
  return { ...ended, asked: peer.asked.map(({ method, path, body }) => ({ method, path, body })) }
}

describe('edict', () => {
  it('shows help and ends with 0', async () => {
    const { code, stdout } = await edict(['--help'])
    expect(code).toBe(0)
    for (const noun of ['serve', 'declarations', 'sets', 'conditions', 'audit']) expect(stdout).toContain(`  ${noun}`)
  })

  it('shows the verbs of a noun, asked either way', async () => {
    expect((await edict(['sets', '--help'])).stdout).toContain('assign [options] <set>')
    expect((await edict(['help', 'sets'])).stdout).toContain('assign [options] <set>')
  })

  it.each([[['setz']], [['sets', 'lisst']], [['sets', 'put']], [['sets', 'list', '--colour']], [['sets']], [[]]])(
    'ends with 2 for %j',
    async (args) => {
      const { code, stderr, stdout } = await edict(args)
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).not.toBe('')
    },
  )

  it('takes --server and --json before the noun and after the verb', async () => {
    await using peer = await listen(() => ({ body: { items: [], next: null } }))
    for (const args of [
      ['--server', peer.url, '--json', 'sets', 'list'],
      ['sets', 'list', '--server', peer.url, '--json'],
    ]) {
      const { code, stdout } = await edict(args, { EDICT_URL: 'http://127.0.0.1:1' })
      expect({ code, got: JSON.parse(stdout) }).toEqual({ code: 0, got: { items: [], next: null } })
    }
  })
})

describe('declarations put', () => {
  it('writes what is referred to first and leaves every other key to the server', async () => {
    const files = {
      'all.json': JSON.stringify([
        { Type: 'com.apple.activation.simple', Identifier: 'a', Payload: {}, Predicate: 'TRUEPREDICATE' },
        { Type: 'com.apple.asset.data', Identifier: 'b', Payload: {}, ServerToken: 'x' },
      ]),
      'c.json': JSON.stringify({ Type: 'com.apple.configuration.passcode.settings', Payload: {}, Identifier: 'c' }),
    }
    const { code, asked, stdout } = await against(
      () => ({ body: change }),
      ['declarations', 'put', 'all.json', 'c.json'],
      files,
    )
    expect(code).toBe(0)
    expect(asked.map(({ path }) => path.split('/').at(-1))).toEqual(['b', 'c', 'a'])
    expect(asked[0]?.body).toEqual({ Type: 'com.apple.asset.data', Payload: {} })
    expect(asked[2]?.body).toEqual({ Type: 'com.apple.activation.simple', Payload: {}, Predicate: 'TRUEPREDICATE' })
    expect(stdout).toContain('Wrote a (revision 12): 1 declaration, 1 cohort, 40 channels will hold something else')
  })

  it('ends with 2 and asks nothing when a file has no Identifier', async () => {
    const { code, asked, stderr } = await against(() => ({ body: change }), ['declarations', 'put', 'a'], {
      a: '{"Type":"x"}',
    })
    expect({ code, asked }).toEqual({ code: 2, asked: [] })
    expect(stderr).toContain('--id')
  })

  it('ends with 4 and shows the problem when the server refuses', async () => {
    const problem = { type: 'about:blank', title: 'x', status: 422, code: 'type-unknown', detail: 'Cannot put a: x' }
    const answer = () => ({ status: 422, type: 'application/problem+json', body: problem })
    const files = { a: '{"Type":"x","Identifier":"a","Payload":{}}' }
    const { code, stderr } = await against(answer, ['declarations', 'put', 'a'], files)
    expect(code).toBe(4)
    expect(stderr).toContain('Cannot put a: x')
  })
})

describe('sets assign', () => {
  it('goes to an enrollment or to a group', async () => {
    const one = await against(() => ({ body: change }), ['sets', 'assign', 'wifi', '--to', 'A:1', '--channel', 'user'])
    expect(one.asked).toEqual([
      { method: 'PUT', path: '/api/v1/enrollments/A%3A1/sets/wifi', body: { channel: 'user' } },
    ])
    const other = await against(() => ({ body: change }), ['sets', 'assign', 'wifi', '--group', 'g', '--exclude'])
    expect(other.asked).toEqual([{ method: 'PUT', path: '/api/v1/groups/g/sets/wifi', body: { exclude: true } }])
  })

  it('ends with 2 when it is for nobody, or for both', async () => {
    expect((await edict(['sets', 'assign', 'wifi'])).code).toBe(2)
    expect((await edict(['sets', 'assign', 'wifi', '--to', 'a', '--group', 'b'])).code).toBe(2)
  })
})

describe('properties put', () => {
  it('takes pairs or a file', async () => {
    const pairs = await against(() => ({ body: change }), ['properties', 'put', 'A', 'role=coach', 'grade=7'])
    expect(pairs.asked[0]).toMatchObject({ method: 'PUT', body: { role: 'coach', grade: 7 } })
    const file = await against(() => ({ body: change }), ['properties', 'put', 'A', 'p.json'], {
      'p.json': '{"role":1}',
    })
    expect(file.asked[0]).toMatchObject({ body: { role: 1 } })
  })

  it('writes many at once, by enrollment', async () => {
    const { asked } = await against(() => ({ body: change }), ['properties', 'bulk', 'p'], {
      p: '{"A":{"x":1},"B":{}}',
    })
    expect(asked).toEqual([
      {
        method: 'POST',
        path: '/api/v1/enrollments/properties',
        body: {
          items: [
            { enrollment: 'A', properties: { x: 1 } },
            { enrollment: 'B', properties: {} },
          ],
        },
      },
    ])
  })
})

describe('commands send', () => {
  it('takes the RequestType from --type and keys from pairs', async () => {
    const answer = { body: { requestType: 'InstallApplication', uuid: 'u' } }
    const args = ['commands', 'send', 'A', '--type', 'InstallApplication', 'iTunesStoreID=361309726']
    const { asked, stdout } = await against(() => answer, args)
    expect(asked[0]?.body).toEqual({ RequestType: 'InstallApplication', iTunesStoreID: 361309726 })
    expect(stdout).toBe('Queued InstallApplication u for A\n')
  })
})

describe('lists', () => {
  const page = (asked: Asked) =>
    asked.path.includes('cursor=2')
      ? { body: { items: [{ name: 'b', size: 1, sets: [] }], next: null } }
      : { body: { items: [{ name: 'a', size: 2, sets: [{ set: 'wifi', channel: 'own', exclude: true }] }], next: '2' } }

  it('show one page and say that there is more', async () => {
    const { stdout, stderr, asked } = await against(page, ['groups', 'list', '--limit', '1'])
    expect(asked.map(({ path }) => path)).toEqual(['/api/v1/groups?limit=1'])
    expect(stdout).toBe('GROUP  ENROLLMENTS  SETS\na      2            not wifi\n')
    expect(stderr).toContain('--cursor 2')
  })

  it('show all pages as one for --all', async () => {
    const { stdout, asked } = await against(page, ['groups', 'list', '--all', '--json'])
    expect(asked).toHaveLength(2)
    expect(JSON.parse(stdout)).toMatchObject({ items: [{ name: 'a' }, { name: 'b' }], next: null })
  })
})

describe('conditions', () => {
  const failed = {
    enrollment: 'A',
    items: [
      {
        identifier: 'wifi',
        kind: 'configuration',
        condition: 'failed',
        since: null,
        reason: { code: 'Error.X', message: 'the device says no' },
      },
    ],
  }

  it('ends with 1 for --check when a declaration failed, and with 0 without', async () => {
    const shown = await against(() => ({ body: failed }), ['conditions', 'A'])
    expect(shown.code).toBe(0)
    expect(shown.stdout).toContain('the device says no')
    expect((await against(() => ({ body: failed }), ['conditions', 'A', '--check'])).code).toBe(1)
  })
})

describe('events', () => {
  it('prints each event as it comes, and ends with 3 when the server stops', async () => {
    const event = { type: 'channel.collected', at: '2026-01-31T12:00:00Z', enrollment: 'A', token: 't' }
    const body = `id: 1\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`
    const answer = () => ({ type: 'text/event-stream', body })
    const { code, stdout } = await against(answer, ['events', '--json'])
    expect(JSON.parse(stdout)).toEqual(event)
    expect(code).toBe(3)
    expect((await against(answer, ['events'])).stdout).toBe(
      '2026-01-31T12:00:00Z  channel.collected  enrollment=A  token=t\n',
    )
  })
})
