import { describe, expect, it } from 'vitest'
import { type Stage, stage } from '../testing/stage.ts'

const settings = 'com.apple.configuration.softwareupdate.settings'
const passcode = 'com.apple.configuration.passcode.settings'

async function held(fill: (stage: Stage) => void, options: Parameters<typeof stage>[0] = {}): Promise<Stage> {
  const made = await stage(options)
  fill(made)
  await made.sync()
  return made
}

describe('an activation', () => {
  it('without a predicate is active, and so are its configurations', async () => {
    const { state } = await held(({ server }) => {
      server.put(settings, 'c', {})
      server.activate('a', ['c'])
    })
    expect(state('a')).toMatchObject({ active: true, valid: 'valid', reasons: [] })
    expect(state('c')).toMatchObject({ active: true, valid: 'valid', reasons: [] })
  })

  it('that lists a missing configuration is inactive, valid, and names it', async () => {
    const { server, state, sync } = await held(({ server }) => {
      server.put(settings, 'c', {})
      server.activate('a', ['z', 'c', 'y'])
    })
    const [reason] = state('a')?.reasons ?? []
    expect(state('a')).toMatchObject({ active: false, valid: 'valid' })
    expect(reason).toMatchObject({
      code: 'Error.MissingConfigurations',
      details: { Identifier: 'a', ConfigurationIdentifiers: 'y, z' },
    })
    expect(state('c')).toMatchObject({ active: false, valid: 'unknown', reasons: [{ code: 'Error.ActivationFailed' }] })
    server.put(settings, 'y', {})
    server.put(settings, 'z', {})
    await sync()
    expect(state('a')).toMatchObject({ active: true })
  })

  it('may list missing configurations as the schema says, in an array', async () => {
    const { state } = await held(({ server }) => server.activate('a', ['z', 'y']), {
      switches: { reasonListsAsText: false },
    })
    expect(state('a')?.reasons[0]?.details).toMatchObject({ ConfigurationIdentifiers: ['y', 'z'] })
  })

  it('that lists a management declaration misses a configuration', async () => {
    const { state } = await held(({ server }) => {
      server.put('com.apple.management.properties', 'p', { a: 1 })
      server.activate('a', ['p'])
    })
    expect(state('a')).toMatchObject({ active: false, reasons: [{ code: 'Error.MissingConfigurations' }] })
  })

  it('is inactive when an asset of a configuration is missing', async () => {
    const { state } = await held(({ server }) => {
      server.put('com.apple.configuration.account.google', 'g', { UserIdentityAssetReference: 'u' })
      server.activate('a', ['g'])
    })
    expect(state('a')).toMatchObject({
      active: false,
      reasons: [{ code: 'Error.MissingAssets', details: { Identifier: 'g', AssetIdentifiers: 'u' } }],
    })
  })

  it('is inactive when it lists a configuration of an unknown type', async () => {
    const { state } = await held(({ server }) => {
      server.put('com.apple.configuration.teleport', 't', {})
      server.activate('a', ['t'])
    })
    expect(state('t')).toMatchObject({
      active: false,
      reasons: [
        {
          code: 'Error.UnknownDeclarationType',
          details: { UnknownDeclarationType: 'com.apple.configuration.teleport' },
        },
      ],
    })
    expect(state('a')).toMatchObject({ active: false, reasons: [{ code: 'Error.MissingConfigurations' }] })
  })

  it.each([
    ["@status(device.model.family) == 'iPhone'", 'Info.Predicate', 'valid', 'false'],
    ['@status(device.model.family) ==', 'Error.UnableToParsePredicate', 'invalid', 'error'],
    ['@status(device.model.family) > 3', 'Error.UnableToEvaluatePredicate', 'valid', 'error'],
  ])('with the predicate %s says %s', async (predicate, code, valid, outcome) => {
    const { state, view } = await held(({ server }) => {
      server.put(settings, 'c', {})
      server.activate('a', ['c'], predicate)
    })
    expect(state('a')).toMatchObject({
      active: false,
      valid,
      reasons: [{ code, details: { Identifier: 'a', Predicate: predicate } }],
    })
    expect(state('c')).toMatchObject({ active: false, valid: 'unknown' })
    expect(view().activations[0]?.predicate).toMatchObject({ source: predicate, outcome })
  })

  it('with a predicate outside its payload is unconditional', async () => {
    const { state } = await held(({ server }) => {
      server.intercept = (endpoint) => {
        if (!endpoint.endsWith('/a')) return undefined
        const body = {
          Type: 'com.apple.activation.simple',
          Identifier: 'a',
          ServerToken: '1',
          Predicate: '1 == 2',
          Payload: { StandardConfigurations: [] },
        }
        return { status: 200, headers: {}, body: new TextEncoder().encode(JSON.stringify(body)) }
      }
      server.activate('a', [])
    })
    expect(state('a')).toMatchObject({ active: true })
  })

  it('is evaluated over items that nothing subscribes to, and again when they change', async () => {
    const { device, state } = await held(({ server }) => {
      server.put(settings, 'c', {})
      server.activate('a', ['c'], "@status(device.power.battery-health) == 'service-recommended'")
    })
    expect(state('a')?.active).toBe(false)
    device.model.setBattery({ health: 'service-recommended' })
    expect(state('a')?.active).toBe(true)
    device.model.setBattery({ health: 'normal' })
    expect(state('a')?.active).toBe(false)
  })

  it.each([
    ['nil', 'true'],
    ['error', 'error'],
  ] as const)('reads an item that the device does not have as %s', async (predicateUnknownItem, outcome) => {
    const { view } = await held(({ server }) => server.activate('a', [], '@status(no.such.item) == nil'), {
      switches: { predicateUnknownItem },
    })
    expect(view().activations[0]?.predicate?.outcome).toBe(outcome)
  })

  it('can need a subscription, if it is switched so', async () => {
    const { view } = await held(({ server }) => server.activate('a', [], "@status(device.model.family) == 'iPad'"), {
      switches: { predicateNeedsSubscription: true },
    })
    expect(view().activations[0]?.active).toBe(false)
  })

  it('reads what other declarations do', async () => {
    const { server, sync, state } = await held(({ server }) => {
      server.put(settings, 'watched', {})
      server.activate(
        'a',
        [],
        "SUBQUERY(@status(management.declarations.configurations), $d, $d.@key(identifier) == 'watched' AND $d.@key(active) == TRUE).@count == 1",
      )
    })
    expect(state('a')?.active).toBe(false)
    server.activate('b', ['watched'])
    await sync()
    expect(state('a')?.active).toBe(true)
  })
})

describe('an activation that waits for what it brings itself', () => {
  it('stays off', async () => {
    const { state } = await held(({ server }) => {
      server.put(settings, 'own', {})
      const own = "$d.@key(identifier) == 'own' AND $d.@key(active) == TRUE"
      server.activate('a', ['own'], `SUBQUERY(@status(management.declarations.configurations), $d, ${own}).@count == 1`)
    })
    expect(state('a')?.active).toBe(false)
  })

  it('for the contrary comes to an end', async () => {
    const { state } = await held(({ server }) => {
      server.put(settings, 'own', {})
      const own = "$d.@key(identifier) == 'own' AND $d.@key(active) == TRUE"
      server.activate('a', ['own'], `SUBQUERY(@status(management.declarations.configurations), $d, ${own}).@count == 0`)
    })
    expect(typeof state('a')?.active).toBe('boolean')
  })
})

describe('properties', () => {
  it('decide predicates, and a change of them decides anew', async () => {
    const { server, sync, state } = await held(({ server }) => {
      server.put(settings, 'c', {})
      server.activate('a', ['c'], '"Sports" IN @property(roles)')
    })
    expect(state('a')?.active).toBe(false)
    server.put('com.apple.management.properties', 'p', { roles: ['Lower', 'Sports'] })
    await sync()
    expect(state('a')?.active).toBe(true)
    expect(state('p')).toMatchObject({ active: false, valid: 'valid', reasons: [] })
    server.put('com.apple.management.properties', 'p', { roles: ['Lower'] })
    await sync()
    expect(state('c')).toMatchObject({ active: false, reasons: [{ code: 'Info.Predicate' }] })
  })

  it('declared twice have an arbitrary winner that follows from the seed', async () => {
    const winners = new Set<unknown>()
    for (let seed = 0; seed < 12; seed++) {
      const fill = ({ server }: Stage): void => {
        for (const from of ['x', 'y', 'z']) server.put('com.apple.management.properties', from, { from })
      }
      const one = await held(fill, { seed: String(seed) })
      const again = await held(fill, { seed: String(seed) })
      expect(again.view().properties).toEqual(one.view().properties)
      winners.add(one.view().properties.from)
    }
    expect(winners.size).toBe(3)
  })
})

describe('a configuration', () => {
  it('in no activation is inactive and unknown', async () => {
    const { state } = await held(({ server }) => server.put(settings, 'c', {}))
    expect(state('c')).toMatchObject({
      active: false,
      valid: 'unknown',
      reasons: [{ code: 'Info.NotReferencedByActivation', details: { Identifier: 'c' } }],
    })
  })

  it('that this enrollment cannot have is active and invalid, and its activation stays active', async () => {
    const { state } = await held(
      ({ server }) => {
        server.put('com.apple.configuration.screensharing.host.settings', 'host', {})
        server.activate('a', ['host'])
      },
      { kind: 'byod-mac' },
    )
    expect(state('host')).toMatchObject({
      active: true,
      valid: 'invalid',
      reasons: [{ code: 'Error.ConfigurationNotSupported' }],
    })
    expect(state('a')).toMatchObject({ active: true })
  })

  it('with keys that the schema does not know applies and says so, or fails', async () => {
    for (const [unknownPayloadKeys, active] of [
      ['report', true],
      ['refuse', false],
    ] as const) {
      const { state } = await held(
        ({ server }) => {
          server.put(settings, 'c', { Sparkle: true })
          server.activate('a', ['c'])
        },
        { switches: { unknownPayloadKeys } },
      )
      expect(state('c')).toMatchObject({
        active,
        reasons: [{ code: 'Error.UnknownPayloadKeys', details: { UnknownPayloadKeys: ['Sparkle'] } }],
      })
    }
  })

  it('that lacks a required key, or has one of another type, is not loaded', async () => {
    const { state } = await held(({ server }) => {
      server.put('com.apple.configuration.account.ldap', 'without', {})
      server.put('com.apple.configuration.account.ldap', 'mistyped', { HostName: 7 })
      server.activate('a', ['without', 'mistyped'])
    })
    const details = { Error: expect.stringContaining('HostName') }
    for (const identifier of ['without', 'mistyped']) {
      expect(state(identifier)).toMatchObject({
        active: false,
        valid: 'invalid',
        reasons: [{ code: 'Error.ConfigurationCannotBeDeserialized', details }],
      })
    }
  })

  it('of a type that comes with an OS update is understood after it', async () => {
    const { device, state } = await held(
      ({ server }) => {
        server.put('com.apple.configuration.safari.bookmarks', 'b', { ManagedBookmarks: [] })
        server.activate('a', ['b'])
      },
      { osVersion: '18.6' },
    )
    expect(state('b')).toMatchObject({ reasons: [{ code: 'Error.UnknownDeclarationType' }] })
    device.model.setOSVersion('26.4')
    expect(state('b')).toMatchObject({ active: true, valid: 'valid' })
  })

  it.each([
    ['Failed', 'invalid', 'Error.ConfigurationCannotBeApplied'],
    ['Installed', 'valid', 'Info.Echo'],
  ])('of the self-test that returns %s is active and %s', async (ReturnStatus, valid, code) => {
    const { state } = await held(({ server }) => {
      server.put('com.apple.configuration.management.test', 'test', { Echo: 'hello', ReturnStatus })
      server.activate('a', ['test'])
    })
    expect(state('test')).toMatchObject({ active: true, valid, reasons: [{ code }] })
    expect(JSON.stringify(state('test')?.reasons)).toContain('hello')
  })
})

describe('an asset', () => {
  it('is active if, and only if, an active configuration names it', async () => {
    const { server, sync, state } = await held(({ server }) => {
      server.put('com.apple.asset.useridentity', 'u', { FullName: 'Ada', EmailAddress: 'ada@school.example' })
      server.put('com.apple.asset.useridentity', 'v', { FullName: 'Lin' })
      server.put('com.apple.configuration.account.google', 'g', { UserIdentityAssetReference: 'u' })
    })
    expect(state('u')).toMatchObject({
      active: false,
      valid: 'unknown',
      reasons: [{ code: 'Info.NotReferencedByActivation' }],
    })
    expect(state('v')).toMatchObject({ active: false, reasons: [{ code: 'Info.NotReferencedByConfiguration' }] })
    server.activate('a', ['g'])
    await sync()
    expect(state('u')).toMatchObject({ active: true, valid: 'valid', reasons: [] })
    expect(state('v')).toMatchObject({ active: false })
  })
})

describe('a passcode policy', () => {
  it('is in force before a predicate of the same synchronization is evaluated', async () => {
    const { device, server, state, reported, pass } = await held(({ server }) => {
      server.put(passcode, 'policy', { RequirePasscode: true })
      server.put(settings, 'c', {})
      server.activate('a-policy', ['policy'])
      server.activate('b-gated', ['c'], '@status(passcode.is-compliant) == TRUE')
      server.subscribe('passcode.is-compliant')
    })
    expect(state('c')?.active).toBe(false)
    expect(reported('passcode.is-compliant')).toBe(false)
    device.model.satisfyPasscode()
    expect(state('c')?.active).toBe(true)
    await pass(60)
    expect(reported('passcode.is-compliant')).toBe(true)
    device.model.removePasscode()
    expect(state('c')?.active).toBe(false)
    expect(server.fetched).toEqual([])
  })

  it('that changes has to be satisfied again', async () => {
    const { server, device, sync, view } = await held(({ server }) => {
      server.put(passcode, 'policy', { MinimumLength: 6 })
      server.activate('a', ['policy'])
    })
    device.model.satisfyPasscode()
    expect(view().status['passcode.is-compliant']).toBe(true)
    server.put(passcode, 'policy', { MinimumLength: 8 })
    await sync()
    expect(view().status['passcode.is-compliant']).toBe(false)
  })
})

describe('a predicate from before @status', () => {
  it.each([
    ["device.model.family == 'iPad'", true],
    ["device.model.family == 'Mac'", false],
    ["nobody.knows.this == 'iPad'", false],
    ['nobody.knows.this == nil', true],
  ])('%s reads the status item of that path: %s', async (predicate, active) => {
    const { state } = await held(({ server }) => {
      server.put(settings, 'c', {})
      server.activate('a', ['c'], predicate)
    })
    expect(state('a')).toMatchObject({ active })
  })
})
