import type { Fleet } from '@edict/api'
import fc from 'fast-check'
import { createColors } from 'picocolors'
import { describe, expect, it } from 'vitest'
import { edict, listen } from '../../captured-cli.ts'
import { changesBetween } from './changes-between.ts'
import { picture } from './picture.ts'

const plain = createColors(false)
const AT = '2026-09-10T08:00:00.000Z'

const numbers = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts).map(([what, count]) => ({ what, count }))

const fleet = (but: Partial<Fleet> = {}): Fleet => ({
  at: AT,
  revision: 17,
  channels: 10,
  enrollments: numbers({
    channels: 10,
    devices: 8,
    users: 2,
    enrolled: 9,
    enrolling: 1,
    awaiting: 0,
    imported: 0,
    expected: 3,
    left: 4,
  }),
  platforms: numbers({ iOS: 6, macOS: 4 }),
  sync: numbers({ 'in-sync': 7, behind: 3, 'behind:first': 1 }),
  changes: [
    {
      revision: 17,
      at: '2026-09-10T06:00:00.000Z',
      actor: 'admin',
      action: 'put-declaration',
      target: 'declarations/wifi',
      behind: { what: 'behind:17', count: 2 },
      inSync: { what: 'in-sync:17', count: 5 },
      since: '2026-09-10T06:00:00.000Z',
    },
  ],
  moreChanges: 0,
  conditions: numbers({
    'left-out': 0,
    waiting: 2,
    collected: 0,
    unreferenced: 0,
    inactive: 0,
    failed: 1,
    'in-force': 40,
    removing: 0,
  }),
  reasons: [
    {
      what: 'failed:Error.ConfigurationCannotBeApplied',
      count: 1,
      channels: 1,
      condition: 'failed',
      code: 'Error.ConfigurationCannotBeApplied',
      message: 'Configuration cannot be applied',
    },
  ],
  moreReasons: 0,
  health: numbers({ healthy: 9, ailing: 1 }),
  causes: [
    {
      what: 'push-not-delivered',
      count: 1,
      code: 'push-not-delivered',
      stage: 'not-woken',
      summary: 'The push service did not take the push',
      remedy: 'look at the reason',
    },
  ],
  stages: numbers({ 'stage:not-woken': 1, 'stage:in-force': 9 }),
  push: {
    certificate: { topic: 'x', expiresAt: '2026-09-30T08:00:00.000Z', warning: '30-days' },
    resting: [{ topic: 'x', reason: 'BadDeviceToken', since: '2026-09-10T07:58:00.000Z', nextTryAt: AT }],
    numbers: numbers({ 'pushes-waiting': 1, 'without-token': 0, 'push-not-delivered': 1, 'other-topic': 0 }),
  },
  identities: {
    authorities: [{ id: 'a', state: 'issuing', expiresAt: '2036-09-07T08:00:00.000Z' }],
    numbers: numbers({ 'identity-ends': 1, 'identity-ended': 0 }),
  },
  silence: {
    numbers: numbers({ silent: 1 }),
    longest: [{ enrollment: 'IPAD-1', since: '2026-09-01T08:00:00.000Z', productName: 'iPad13,1', deviceName: 'Ann' }],
  },
  ...but,
})

const nobody = () => fleet({ channels: 0, enrollments: numbers({ channels: 0, devices: 0, users: 0, expected: 3 }) })

describe('the picture of a fleet', () => {
  it('is this, without colours, in 80 columns', () => {
    expect(picture(fleet(), 80, plain)).toEqual([
      '10 channels: 8 devices, 2 users                             2026-09-10 08:00:00Z',
      '6 iOS · 4 macOS',
      '',
      'in-sync   ██████████████████████████████████████████░░░░░░░░░░░░░░░░░░  7 of 10',
      'healthy   ██████████████████████████████████████████████████████░░░░░░  9 of 10',
      '',
      'Declarations',
      '  in-force  40  ████████████████████████████████████████████████████████████████',
      '  waiting    2  ███▎',
      '  failed     1  █▋',
      '',
      'Why not in force',
      '  1  failed:Error.ConfigurationCannotBeApplied',
      '     Configuration cannot be applied',
      '',
      'Who waits for what',
      '  2  behind:17  put-declaration declarations/wifi by admin',
      '     2 h ago; the longest waits 2 h; 5 have it',
      '  1  behind:first',
      '     have collected nothing since they enrolled',
      '',
      'Why channels are ailing',
      '  1  push-not-delivered',
      '     The push service did not take the push. Do: look at the reason',
      '',
      'How far they came',
      '  stage:not-woken  1  ██████▌',
      '  stage:in-force   9  ██████████████████████████████████████████████████████████',
      '',
      'Enrolled  9 enrolled · 1 enrolling · 0 awaiting · 0 imported · 3 expected',
      '          4 left',
      'Push      certificate ends in 20 d',
      '          circuit open for x: BadDeviceToken, since 2 min · 1 pushes-waiting',
      '          0 without-token · 1 push-not-delivered · 0 other-topic',
      'Identity  authority ends in 10 y · 1 identity-ends · 0 identity-ended',
      'Silent    1 silent for two days or more',
      '             9 d  IPAD-1  Ann',
      '',
      'Each word is a list: edict fleet --list failed',
    ])
  })

  it('of nobody says what to do first', () => {
    const lines = picture(nobody(), 80, plain)
    expect(lines[0]).toBe('Nobody has enrolled yet; 3 expected')
    expect(lines.join('\n')).toContain('edict enroll invite')
  })

  it('leaves away what nothing stands in', () => {
    const well = fleet({
      sync: numbers({ 'in-sync': 10, behind: 0 }),
      changes: [],
      reasons: [],
      health: numbers({ healthy: 10, ailing: 0 }),
      causes: [],
      stages: numbers({ 'stage:in-force': 10 }),
    })
    const text = picture(well, 80, plain).join('\n')
    for (const title of ['Why not in force', 'Who waits', 'Why channels', 'How far']) expect(text).not.toContain(title)
  })

  it('fits its columns, and steers no terminal, whatever devices and people wrote', () => {
    const text = fc.string({ unit: 'binary', maxLength: 300 })
    const count = fc.nat({ max: 10_000_000 })
    fc.assert(
      fc.property(text, text, count, fc.integer({ min: 60, max: 200 }), (written, other, many, columns) => {
        const [reason, change, cause] = [fleet().reasons[0], fleet().changes[0], fleet().causes[0]]
        if (reason === undefined || change === undefined || cause === undefined) throw new Error('nothing to show')
        const seen = fleet({
          channels: many + 1,
          reasons: [{ ...reason, what: `failed:${written}`, message: other, count: many }],
          changes: [{ ...change, target: written, actor: other }],
          causes: [{ ...cause, summary: written, remedy: other, count: many }],
          conditions: numbers({ 'in-force': many, failed: 1 }),
          silence: {
            numbers: numbers({ silent: many }),
            longest: [{ enrollment: written, since: null, productName: other, deviceName: null }],
          },
        })
        for (const line of picture(seen, columns, plain)) {
          expect([...line].length, line).toBeLessThanOrEqual(columns)
          expect(line).not.toMatch(/\p{Cc}/u)
        }
      }),
    )
  })
})

describe('edict fleet', () => {
  const run = async (answer: (path: string) => unknown, args: readonly string[], columns?: number) => {
    await using peer = await listen(({ path }) => ({ body: answer(path) }))
    const env = { EDICT_URL: peer.url, EDICT_ADMIN_TOKEN: 'secret', NO_COLOR: '1' }
    const ended = await edict(['fleet', ...args], env, {}, columns)
    return { ...ended, paths: peer.asked.map(({ path }) => path) }
  }

  it('draws the picture as wide as the terminal, and 80 columns wide elsewhere', async () => {
    const { code, stdout } = await run(() => fleet(), [])
    expect([code, stdout]).toEqual([0, `${picture(fleet(), 80, plain).join('\n')}\n`])
    expect((await run(() => fleet(), [], 100)).stdout).toBe(`${picture(fleet(), 100, plain).join('\n')}\n`)
  })

  it('prints what the server answers, for --json', async () => {
    expect(JSON.parse((await run(() => fleet(), ['--json'])).stdout)).toEqual(fleet())
  })

  const line = { enrollment: 'IPAD-1', channel: 'device', name: 'Ann', since: AT, code: null, message: null }

  it('lists what a number counts, page by page, without columns that nothing stands in', async () => {
    const pages: Readonly<Record<string, unknown>> = {
      '/api/v1/fleet/behind%3A17?limit=1000': { items: [{ ...line, declaration: null }], next: 'more' },
      '/api/v1/fleet/behind%3A17?limit=1000&cursor=more': {
        items: [{ ...line, enrollment: 'IPAD-2', declaration: null, code: '17' }],
        next: null,
      },
    }
    const { stdout } = await run((path) => pages[path], ['--list', 'behind:17', '--all'])
    expect(stdout).toBe(
      [
        'ENROLLMENT  NAME  SINCE                     WHY',
        `IPAD-1      Ann   ${AT}  –`,
        `IPAD-2      Ann   ${AT}  17`,
        '',
      ].join('\n'),
    )
  })

  it('says so when a list is empty, and when there is more', async () => {
    const empty = await run(() => ({ items: [], next: null }), ['--list', 'failed'])
    expect([empty.stdout, empty.stderr]).toEqual(['', 'Nothing is counted as failed\n'])
    const more = await run(() => ({ items: [{ ...line, declaration: null }], next: 'abc' }), ['--list', 'behind'])
    expect(more.stderr).toContain('--cursor abc')
  })

  it('is drawn again on a screen of its own while it is watched, and stands below what was there afterwards', async () => {
    const stop = new AbortController()
    const seen = [fleet(), fleet({ channels: 11 })]
    await using peer = await listen(() => {
      // Whoever asks for a third has drawn the second.
      if (seen.length === 0) stop.abort()
      return { body: seen.shift() ?? fleet() }
    })
    const env = { EDICT_URL: peer.url, EDICT_ADMIN_TOKEN: 'secret', NO_COLOR: '1' }
    const { code, stdout } = await edict(['fleet', '--watch'], env, {}, 80, undefined, stop.signal)
    const [before, ended = ''] = stdout.split('\u001B[?1049h')
    const [inside = '', after] = ended.split('\u001B[?1049l')
    expect([code, before, after]).toEqual([0, '', `${picture(fleet({ channels: 11 }), 80, plain).join('\n')}\n`])
    const screens = inside.split('\u001B[H').slice(1)
    expect(screens.map((screen) => screen.split('channels')[0])).toEqual(['10 ', '11 '])
    // A terminal of 24 rows: what is longer would scroll it.
    for (const screen of screens) expect(screen.split('\n').length).toBeLessThanOrEqual(24)
  })

  it('does not watch a list', async () => {
    const { code, stderr } = await run(() => fleet(), ['--list', 'failed', '--watch'])
    expect([code, stderr.split('\n')[0]]).toEqual([2, 'Cannot watch a list: expected --list or --watch'])
  })
})

describe('what changed between two pictures', () => {
  it('is every number that is another one, by its word', () => {
    const after = fleet({ conditions: numbers({ failed: 3, 'in-force': 40, removing: 1 }) })
    expect(changesBetween(fleet(), after)).toEqual(['failed 1 → 3', 'removing 0 → 1', 'waiting 2 → 0'])
    expect(changesBetween(fleet(), fleet())).toEqual([])
  })
})
