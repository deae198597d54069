import { describe, expect, it } from 'vitest'
import { json, ok, status } from '../testing/scripted-server.ts'
import { stage, valueAt } from '../testing/stage.ts'

const settings = 'com.apple.configuration.softwareupdate.settings'

describe('the first DeclarativeManagement', () => {
  it('is acknowledged at once; then come the first status, the tokens, the manifest and the bodies', async () => {
    const { server, device } = await stage()
    server.put(settings, 'updates', { Notifications: true })
    server.activate('always', ['updates'])
    server.declarativeManagement(device.id)
    await device.connect()
    expect(server.results.map(({ Status }) => Status)).toEqual(['Acknowledged'])
    await device.settled()
    expect(server.endpoints).toEqual([
      'status',
      'tokens',
      'declaration-items',
      'declaration/activation/always',
      'declaration/configuration/updates',
      'tokens',
    ])
  })

  it('reports capabilities, four empty arrays and facts that nobody subscribed to', async () => {
    const { server, sync } = await stage()
    await sync()
    const [first] = server.reports
    expect(first?.Errors).toEqual([])
    expect(first?.FullReport).toBe(false)
    expect(first?.StatusItems.management).toMatchObject({
      declarations: { activations: [], configurations: [], assets: [], management: [] },
      'client-capabilities': { 'supported-versions': ['1.0.0'], 'supported-features': {} },
    })
    expect(valueAt(first?.StatusItems ?? {}, 'device.operating-system.family')).toBe('iPadOS')
    expect(valueAt(first?.StatusItems ?? {}, 'device.identifier.udid')).toEqual(expect.any(String))
  })

  it('asks for tokens even when it carries Data, unless switched otherwise', async () => {
    for (const [tokensOnEnable, expected] of [
      [true, ['status', 'tokens']],
      [false, ['status', 'declaration-items']],
    ] as const) {
      const { server, device } = await stage({ switches: { tokensOnEnable } })
      server.declarativeManagement(device.id, server.tokens())
      await device.connect()
      await device.settled()
      expect(server.endpoints.slice(0, 2)).toEqual(expected)
    }
  })
})

describe('a later DeclarativeManagement', () => {
  it('with Data goes straight to the manifest, and fetches only what is new', async () => {
    const { server, device, sync, pass } = await stage()
    server.put(settings, 'updates', { Notifications: true })
    server.activate('always', ['updates'])
    await sync()
    server.sinceLast()
    server.put(settings, 'updates', { Notifications: false })
    server.declarativeManagement(device.id, server.tokens())
    await device.connect()
    await pass(60)
    expect(server.endpoints).toEqual(['declaration-items', 'declaration/configuration/updates', 'tokens', 'status'])
  })

  it('stops at an unchanged token: no request with Data, one without', async () => {
    const { server, device, sync, pass } = await stage()
    server.activate('nothing', [])
    await sync()
    server.sinceLast()
    server.declarativeManagement(device.id, server.tokens())
    await device.connect()
    await pass(60)
    expect(server.sinceLast()).toEqual([])
    await sync()
    expect(server.endpoints).toEqual(['tokens'])
  })

  it('goes by the token of the manifest, not by that of the tokens', async () => {
    const { server, sync } = await stage()
    server.intercept = (endpoint) =>
      endpoint === 'tokens'
        ? json({ SyncTokens: { DeclarationsToken: 'other', Timestamp: '2026-09-01T08:00:00Z' } })
        : undefined
    await sync()
    server.sinceLast()
    await sync()
    expect(server.endpoints).toEqual(['tokens', 'declaration-items'])
  })

  it('removes what the manifest no longer has, without asking for it', async () => {
    const { server, sync, view, reported } = await stage()
    server.put(settings, 'updates', {})
    server.activate('always', ['updates'])
    await sync()
    server.take('configuration', 'updates')
    server.take('activation', 'always')
    server.sinceLast()
    await sync()
    expect(server.endpoints).toEqual(['tokens', 'declaration-items', 'tokens', 'status'])
    expect(view().held).toEqual([])
    expect(reported('management.declarations')).toEqual({
      activations: [],
      configurations: [],
      assets: [],
      management: [],
    })
  })

  it('ignores tokens that are older than those it went by', async () => {
    const { server, device, sync, view, pass } = await stage()
    const old = server.tokens()
    server.activate('nothing', [])
    await sync()
    server.sinceLast()
    server.declarativeManagement(device.id, old)
    await device.connect()
    await pass(60)
    expect(server.endpoints).toEqual([])
    expect(view().problem).toContain('before that of the last ones')
  })
})

describe('fetching bodies', () => {
  it('goes one at a time: activations, configurations, assets, management', async () => {
    const { server, device } = await stage()
    server.put('com.apple.management.properties', 'p', { a: 1 })
    server.put('com.apple.asset.useridentity', 'u', { FullName: 'Ada' })
    server.put(settings, 'c', {})
    server.activate('a', ['c'])
    let underWay = 0
    const most: number[] = []
    const { checkIn } = server
    server.checkIn = async (body) => {
      most.push(++underWay)
      await Promise.resolve()
      const answer = await checkIn.call(server, body)
      underWay--
      return answer
    }
    server.declarativeManagement(device.id)
    await device.connect()
    await device.settled()
    expect(server.endpoints.filter((endpoint) => endpoint.startsWith('declaration/'))).toEqual([
      'declaration/activation/a',
      'declaration/configuration/c',
      'declaration/asset/u',
      'declaration/management/p',
    ])
    expect(Math.max(...most)).toBe(1)
  })

  it('drops what is answered 404, and goes on', async () => {
    const { server, sync, view } = await stage()
    server.put(settings, 'a', {})
    server.put(settings, 'b', {})
    server.intercept = (endpoint) => (endpoint.endsWith('/a') ? status(404) : undefined)
    await sync()
    expect(view().held.map(({ identifier }) => identifier)).toEqual(['b'])
    server.intercept = () => undefined
    server.sinceLast()
    await sync()
    expect(server.endpoints).toEqual(['tokens'])
  })

  it.each([400, 500, 204])(
    'ends with any other status (%d): the rest waits for the back-off, nothing takes effect',
    async (code) => {
      const { server, device, view, pass } = await stage()
      for (const identifier of ['a', 'b', 'c']) server.put(settings, identifier, {})
      server.intercept = (endpoint) => (endpoint.endsWith('/b') ? status(code) : undefined)
      server.declarativeManagement(device.id)
      await device.connect()
      await device.settled()
      expect(server.sinceLast().at(-1)).toBe('declaration/configuration/b')
      expect(view().held.map(({ identifier, loaded }) => [identifier, loaded])).toEqual([
        ['a', false],
        ['b', false],
        ['c', false],
      ])
      await pass(59)
      expect(server.sinceLast()).toEqual([])
      server.intercept = () => undefined
      await pass(1)
      expect(server.sinceLast()).toEqual([
        'tokens',
        'declaration/configuration/b',
        'declaration/configuration/c',
        'tokens',
      ])
      expect(view().held.every(({ loaded }) => loaded)).toBe(true)
    },
  )

  it('backs off 60, 120, 240 seconds, until something succeeds', async () => {
    const { server, device, clock, view } = await stage()
    server.intercept = (endpoint) => (endpoint === 'tokens' ? status(500) : undefined)
    server.declarativeManagement(device.id)
    await device.connect()
    await device.settled()
    const waits: number[] = []
    for (let attempt = 0; attempt < 4; attempt++) {
      const from = clock.now()
      const next = view().backOff?.until ?? from
      waits.push((next - from) / 1000)
      clock.advance(next - from)
      await device.settled()
    }
    expect(waits).toEqual([60, 120, 240, 480])
    server.intercept = () => undefined
    clock.advance(960_000)
    await device.settled()
    expect(view().backOff).toBeNull()
  })

  it.each([
    ['90', 90],
    ['Tue, 01 Sep 2026 08:05:00 GMT', 300],
  ])('waits as long as Retry-After says: %s', async (header, seconds) => {
    const { server, device, clock, view } = await stage()
    server.intercept = (endpoint) => (endpoint === 'tokens' ? status(503, { 'retry-after': header }) : undefined)
    server.declarativeManagement(device.id)
    await device.connect()
    await device.settled()
    expect(view().backOff).toEqual({ failures: 1, until: clock.now() + seconds * 1000 })
  })

  it('does not repeat a body that could not be read, under the same token', async () => {
    const { server, sync, state } = await stage()
    server.put(settings, 'c', {})
    server.activate('a', ['c'])
    server.intercept = (endpoint) => (endpoint.endsWith('/c') ? ok(new TextEncoder().encode('{"Type":')) : undefined)
    await sync()
    expect(state('c')).toMatchObject({ active: false, valid: 'invalid', reasons: [{ code: 'Error.InvalidPayload' }] })
    expect(state('a')).toMatchObject({ active: false, reasons: [{ code: 'Error.MissingConfigurations' }] })
    server.intercept = () => undefined
    server.sinceLast()
    await sync()
    expect(server.sinceLast()).toEqual(['tokens'])
    server.put(settings, 'c', { Notifications: true })
    await sync()
    expect(server.endpoints).toContain('declaration/configuration/c')
    expect(state('c')).toMatchObject({ active: true, valid: 'valid' })
  })

  it('keeps what was in effect until all of the new is there', async () => {
    const { server, sync, state } = await stage()
    server.put(settings, 'c', {})
    server.activate('a', ['c'])
    await sync()
    const before = state('c')
    server.put(settings, 'c', { Notifications: true })
    server.put(settings, 'd', {})
    server.intercept = (endpoint) => (endpoint.endsWith('/d') ? status(500) : undefined)
    await sync()
    expect(state('c')).toEqual(before)
  })
})

describe('parsing', () => {
  const broken: readonly (readonly [string, string, unknown])[] = [
    [
      'a fraction in Timestamp',
      'tokens',
      { SyncTokens: { DeclarationsToken: 'x', Timestamp: '2026-09-01T08:00:00.123Z' } },
    ],
    [
      'an array that is missing',
      'declaration-items',
      { Declarations: { Activations: [], Assets: [], Configurations: [] }, DeclarationsToken: 'x' },
    ],
    [
      'an unknown key in an item',
      'declaration-items',
      {
        Declarations: {
          Activations: [{ Identifier: 'a', ServerToken: '1', Type: 't' }],
          Assets: [],
          Configurations: [],
          Management: [],
        },
        DeclarationsToken: 'x',
      },
    ],
  ]

  it.each(broken)('strictly ends the synchronization without a word: %s', async (_, endpoint, answer) => {
    const { server, device, view } = await stage()
    server.intercept = (asked) => (asked === endpoint ? json(answer) : undefined)
    server.declarativeManagement(device.id)
    await device.connect()
    await device.settled()
    expect(server.endpoints.at(-1)).toBe(endpoint)
    expect(view()).toMatchObject({ problem: expect.stringContaining('Cannot read'), backOff: null, token: null })
  })

  it.each(broken)('leniently goes on: %s', async (_, endpoint, answer) => {
    const { server, device, view } = await stage({ switches: { strict: false } })
    server.intercept = (asked) => (asked === endpoint ? json(answer) : undefined)
    server.declarativeManagement(device.id)
    await device.connect()
    await device.settled()
    expect(view()).toMatchObject({ problem: null, token: expect.any(String) })
  })
})

describe('channels', () => {
  it('of a Mac are enabled, synchronized and reported each for itself', async () => {
    const { server, device, sync, view } = await stage({ kind: 'mac' })
    const [own, user] = device.channels()
    server.activate('nothing', [])
    await sync(user?.id)
    expect(server.reports.every(({ channel }) => channel === user?.id)).toBe(true)
    expect(view(own?.id)).toMatchObject({ enabled: false, held: [] })
    expect(view(user?.id)).toMatchObject({ enabled: true, held: [{ identifier: 'nothing' }] })
  })

  it('start anew with each enrollment', async () => {
    const { server, device, sync, view } = await stage()
    server.activate('nothing', [])
    await sync()
    await device.enroll()
    expect(view()).toMatchObject({ enabled: false, held: [] })
    server.sinceLast()
    await sync()
    expect(server.endpoints).toEqual([
      'status',
      'tokens',
      'declaration-items',
      'declaration/activation/nothing',
      'tokens',
      'status',
    ])
  })
})
