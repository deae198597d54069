import { describe, expect, it } from 'vitest'
import { type Asked, edict, listen } from '../captured-cli.ts'

const ID = 'IPAD-1'
const command = {
  uuid: 'U1',
  enrollment: ID,
  requestType: 'EraseDevice',
  command: { RequestType: 'EraseDevice' },
  state: 'queued',
  queuedAt: '2026-09-01T00:00:00Z',
  sentAt: null,
  answeredAt: null,
}

const server = (change: object = {}) =>
  listen(({ path }) =>
    path === `/api/v1/enrollments/${ID}` ? { body: { id: ID, platform: 'iOS' } } : { body: { ...command, ...change } },
  )
const posts = (asked: readonly Asked[]) => asked.filter(({ method }) => method === 'POST')

describe('commands send', () => {
  const send = async (args: readonly string[], ask?: (question: string) => Promise<boolean>) => {
    await using peer = await server()
    const all = ['commands', 'send', ID, ...args, '--server', peer.url]
    return { ...(await edict(all, {}, {}, undefined, ask)), posts: posts(peer.asked) }
  }

  it('asks before what cannot be taken back, and says what that is', async () => {
    let asked = ''
    const yes = async (question: string) => {
      asked = question
      return true
    }
    const sent = await send(['--type', 'EraseDevice'], yes)
    expect(asked).toBe('EraseDevice erases the device and all that is on it. Send it to IPAD-1?')
    expect(sent).toMatchObject({ code: 0, stdout: 'Queued EraseDevice U1 for IPAD-1\n' })
    expect(sent.posts).toHaveLength(1)
  })

  it('sends nothing when the answer is no, or when there is nobody to ask', async () => {
    const no = await send(['--type', 'EraseDevice'], async () => false)
    expect(no).toMatchObject({ code: 4, stderr: 'Nothing was sent\n', posts: [] })
    const nobody = await send(['--type', 'EraseDevice'])
    expect(nobody).toMatchObject({ code: 2, posts: [] })
    expect(nobody.stderr).toContain('do: give --yes if it is meant')
  })

  it('does not ask with --yes, or about what is harmless where it goes', async () => {
    expect((await send(['--type', 'EraseDevice', '--yes'])).posts).toHaveLength(1)
    expect((await send(['--type', 'DeviceLock'])).posts).toHaveLength(1)
    expect((await send(['--type', 'RemoveProfile', 'Identifier=com.example.wifi'])).posts).toHaveLength(1)
    expect(await send(['--type', 'RemoveProfile', 'Identifier=edict.enrollment'])).toMatchObject({ code: 2, posts: [] })
  })

  it('sends how long it waits, and why errors are let through', async () => {
    const sent = await send(['--type', 'EraseDevice', '--yes', '--ttl', '60', '--override', 'a test'])
    expect(sent.posts[0]?.path).toBe(`/api/v1/enrollments/${ID}/commands?override=a+test&ttl=60`)
    expect(await send(['--type', 'ProfileList', '--ttl', 'soon'])).toMatchObject({ code: 2, posts: [] })
  })

  it('shows what the server warns of', async () => {
    const problems = [{ code: 'command-deprecated', severity: 'warning', message: 'Cannot rely on it' }]
    await using peer = await server({ problems })
    const { stderr } = await edict(['commands', 'send', ID, '--type', 'OSUpdateStatus', '--server', peer.url])
    expect(stderr).toBe('warning command-deprecated: Cannot rely on it\n')
  })
})

describe('commands show', () => {
  it('shows what became of each item of Settings', async () => {
    const change = {
      requestType: 'Settings',
      state: 'acknowledged',
      command: { RequestType: 'Settings', Settings: [{ Item: 'DeviceName', DeviceName: 'x' }, { Item: 'HostName' }] },
      response: {
        Settings: [
          { Status: 'Acknowledged' },
          { Status: 'Error', ErrorChain: [{ ErrorDomain: 'D', ErrorCode: 1, LocalizedDescription: 'Nein' }] },
        ],
      },
    }
    await using peer = await server(change)
    const { stdout } = await edict(['commands', 'show', ID, 'U1', '--server', peer.url])
    expect(stdout).toContain('state    acknowledged')
    expect(stdout).toMatch(/DeviceName +Acknowledged +–/)
    expect(stdout).toMatch(/HostName +Error +Nein \(D 1\)/)
  })
})

describe('commands cancel, confirm and retry', () => {
  it('say that what was sent may have been done', async () => {
    await using peer = await server({ state: 'cancelled', sentAt: '2026-09-01T00:00:00Z' })
    const { stdout, stderr } = await edict(['commands', 'cancel', ID, 'U1', '--server', peer.url])
    expect([stdout, stderr]).toEqual(['Cancelled EraseDevice U1\n', 'It was sent: it may have been done\n'])
  })

  it.each(['confirm', 'retry'])('%s asks about what cannot be taken back, and about nothing else', async (verb) => {
    await using peer = await server({ once: true, state: 'unanswered' })
    const args = ['commands', verb, ID, 'U1', '--server', peer.url]
    expect((await edict(args)).code).toBe(2)
    expect(posts(peer.asked)).toEqual([])
    expect((await edict([...args, '--yes'])).code).toBe(0)
    expect(posts(peer.asked)).toMatchObject([{ path: `/api/v1/enrollments/${ID}/commands/U1/${verb}` }])
    await using harmless = await server({})
    expect((await edict(['commands', verb, ID, 'U1', '--server', harmless.url])).code).toBe(0)
  })
})

it('apps are shown with what was told once', async () => {
  const app = {
    identifier: 'a.b',
    managedBy: 'command',
    name: 'B',
    version: '1',
    shortVersion: '1.0',
    declaration: null,
  }
  const once = { state: 'user-rejected', reasons: [], at: '2026-09-01T00:00:00Z' }
  const items = [{ ...app, state: 'managed', reasons: [], since: '2026-09-02T00:00:00Z', once }]
  await using peer = await listen(() => ({ body: { items } }))
  const { stdout } = await edict(['apps', ID, '--server', peer.url])
  expect(stdout).toMatch(/a\.b +B +1\.0 +managed +2026-09-02T00:00:00Z +command +– +user-rejected/)
})
