import { gzipSync } from 'node:zlib'
import { diagnose, type TraceEntry } from '@edict/core'
import type { Device, DeviceOptions } from '@edict/device'
import { encodeCheckIn } from '@edict/protocol'
import { httpTransport } from '@edict/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { activation, legacyProfile, testConfiguration, type Written } from '../harness/declarations.ts'
import { eventually } from '../harness/eventually.ts'
import { alter, answerWith, type Fault, type FaultyServer, faultyServer, withhold } from '../harness/faulty-server.ts'
import { giveSet, putSet } from '../harness/give.ts'
import { openWorld, type World } from '../harness/world.ts'

/** One mistake, made over HTTP before a device that behaves, and the code that has to say so. */
interface Mistake {
  /** Its place in the documented table of causes. */
  readonly number: number
  readonly code: string
  readonly fault: Fault
  readonly device?: Partial<DeviceOptions>
  /** What the device is given; a test configuration with its activation when absent. */
  readonly given?: (name: string) => Readonly<Record<string, Written>>
  /** What happens after it has enrolled and was given that. */
  readonly afterwards?: (stage: Stage) => Promise<void>
  /** How long after its last entry the record is looked at, in milliseconds; at once when absent. */
  readonly later?: number
  /** It is no more than a possibility, and need not come first. */
  readonly unproven?: boolean
}

interface Stage {
  readonly world: World
  readonly device: Device
  readonly name: string
  readonly server: FaultyServer
}

const none: Fault = (_, answer) => answer
const items = 'declaration-items'
const CONFIGURATION = /^declaration\/configuration\//
const ACTIVATION = /^declaration\/activation\//
const PROFILE = /^declaration\/configuration\/.*profile$/

type Items = Record<'Activations' | 'Assets' | 'Configurations' | 'Management', Record<string, unknown>[]>
const declarations = (json: Record<string, unknown>) => json.Declarations as Items
const payload = (json: Record<string, unknown>) => json.Payload as Record<string, unknown>

const mistakes: readonly Mistake[] = [
  {
    number: 1,
    code: 'content-changed-under-same-token',
    fault: editedOnce(),
    afterwards: async ({ device }) => {
      await device.settled()
      await device.enroll()
    },
  },
  {
    number: 2,
    code: 'declarations-token-unchanged',
    fault: frozen(),
    unproven: true,
    afterwards: async ({ world, name, device }) => {
      await world.admin('put-declaration', { params: { identifier: `${name}.test` }, body: testConfiguration('other') })
      await device.connect()
    },
  },
  {
    number: 3,
    code: 'all-pairs-already-known',
    fault: (asked, answer) =>
      [alter('tokens', renamed), alter(items, renamed)].reduce((one, fault) => fault(asked, one), answer),
    afterwards: async ({ device }) => {
      await device.settled()
      serial += 1
      await device.sync()
    },
  },
  {
    number: 4,
    code: 'tokens-differ',
    fault: alter(items, (json) => ({ ...json, DeclarationsToken: `${json.DeclarationsToken}x` })),
    // One attempt may be a change in between; the device asks again.
    afterwards: async ({ device }) => {
      await device.settled()
      await device.sync()
    },
  },
  {
    number: 5,
    code: 'timestamp-unreadable',
    fault: alter('tokens', ({ SyncTokens }) => ({
      SyncTokens: { ...(SyncTokens as object), Timestamp: '2026-05-19T10:00:00.123Z' },
    })),
  },
  { number: 6, code: 'keys-misspelt', fault: alter('tokens', ({ SyncTokens }) => ({ syncTokens: SyncTokens })) },
  {
    number: 7,
    code: 'manifest-array-missing',
    fault: alter(items, (json) => void Reflect.deleteProperty(declarations(json), 'Management')),
  },
  {
    number: 8,
    code: 'manifest-keys-extra',
    fault: alter(items, (json) => {
      for (const item of declarations(json).Activations) item.Type = 'com.apple.activation.simple'
    }),
  },
  {
    number: 9,
    code: 'declaration-incomplete',
    fault: alter(CONFIGURATION, (json) => void Reflect.deleteProperty(json, 'ServerToken')),
  },
  {
    number: 10,
    code: 'declaration-differs',
    fault: alter(CONFIGURATION, (json) => ({ ...json, ServerToken: 'another' })),
    device: { switches: { bodyMustMatchManifest: true } },
    unproven: true,
  },
  {
    number: 11,
    code: 'declaration-kind-differs',
    fault: alter(CONFIGURATION, (json) => ({ ...json, Type: 'com.apple.management.organization-info' })),
  },
  { number: 12, code: 'advertised-not-found', fault: answerWith(CONFIGURATION, 404) },
  { number: 13, code: 'answer-failed', fault: answerWith(CONFIGURATION, 500) },
  { number: 13, code: 'engine-backed-off', fault: answerWith('tokens', 503), unproven: true },
  { number: 14, code: 'answer-empty', fault: answerWith('tokens', 204) },
  {
    number: 15,
    code: 'status-answered-204',
    fault: answerWith('status', 204),
    device: { switches: { statusCrashOn204: true } },
    unproven: true,
  },
  { number: 16, code: 'status-refused', fault: answerWith('status', 500) },
  {
    number: 17,
    code: 'activation-lists-missing',
    fault: alter(items, (json) => {
      declarations(json).Configurations = declarations(json).Configurations.filter(({ Identifier }) =>
        String(Identifier).startsWith('edict.'),
      )
    }),
  },
  {
    number: 18,
    code: 'configuration-without-activation',
    fault: none,
    given: (name) => ({ [`${name}.test`]: testConfiguration(name) }),
  },
  {
    number: 19,
    code: 'declaration-not-supported',
    fault: alter(/^declaration\/configuration\/.*test$/, (json) => ({
      ...json,
      Type: 'com.apple.configuration.unheard-of',
    })),
  },
  {
    number: 20,
    code: 'supervision-required',
    fault: alter(/^declaration\/configuration\/.*test$/, (json) => ({
      ...json,
      Type: 'com.apple.configuration.siri.settings',
      Payload: {},
    })),
    device: { supervised: false },
  },
  { number: 21, code: 'channel-not-enabled', fault: withhold('DeclarativeManagement') },
  {
    number: 22,
    code: 'enrolled-again-without-command',
    fault: onceIn('DeclarativeManagement'),
    afterwards: async ({ device }) => {
      await device.settled()
      await device.enroll()
      await device.connect()
    },
  },
  {
    number: 23,
    code: 'awaiting-configuration',
    fault: withhold('DeviceConfigured'),
    device: { switches: { syncWaitsForConfiguration: true } },
    unproven: true,
    afterwards: async ({ device }) => {
      device.model.setAwaitingConfiguration(true)
      await device.enroll()
      await device.connect()
    },
  },
  {
    number: 24,
    code: 'identifier-twice',
    fault: alter(items, (json) => {
      const { Configurations } = declarations(json)
      const [first] = Configurations
      if (first !== undefined) Configurations.push({ ...first, ServerToken: 'another' })
    }),
  },
  {
    number: 25,
    code: 'identifier-unmatched',
    fault: alter(items, (json) => {
      for (const item of declarations(json).Configurations) item.Identifier = `Büro/${item.Identifier}`
    }),
    unproven: true,
  },
  {
    number: 26,
    code: 'body-altered',
    fault: ({ what }, answer) => (what === items ? { ...answer, body: gzipSync(answer.body) } : answer),
  },
  { number: 27, code: 'identity-refused', fault: answerWith('tokens', 401) },
  {
    number: 29,
    code: 'asset-unavailable',
    fault: both(alter(PROFILE, movedHere), answerWith('GET', 404)),
    given: profile,
  },
  {
    number: 30,
    code: 'asset-refuses-device',
    fault: both(alter(PROFILE, movedHere), answerWith('GET', 403)),
    given: profile,
  },
  {
    number: 31,
    code: 'predicate-misplaced',
    fault: alter(ACTIVATION, (json) => ({ ...json, Predicate: 'FALSEPREDICATE' })),
  },
  {
    number: 32,
    code: 'predicate-broken',
    fault: alter(ACTIVATION, (json) => ({ ...json, Payload: { ...payload(json), Predicate: '@status( ==' } })),
  },
  {
    number: 33,
    code: 'payload-keys-unknown',
    fault: alter(/^declaration\/configuration\/.*test$/, (json) => ({
      ...json,
      Payload: { ...payload(json), Loudly: true },
    })),
    device: { switches: { unknownPayloadKeys: 'refuse' } },
  },
  {
    number: 34,
    code: 'profile-stuck',
    fault: alter(PROFILE, movedNowhere),
    device: { switches: { profilesStick: true } },
    given: profile,
    later: 20 * 60_000,
    unproven: true,
  },
  { number: 38, code: 'asset-host-distrusted', fault: alter(PROFILE, movedNowhere), given: profile, unproven: true },
]

let serial = 0

function renamed(json: Record<string, unknown>): unknown {
  if (serial === 0) return json
  const { SyncTokens, DeclarationsToken } = json as {
    SyncTokens?: { DeclarationsToken: string }
    DeclarationsToken?: string
  }
  if (SyncTokens === undefined) return { ...json, DeclarationsToken: `${DeclarationsToken}-${serial}` }
  const later = new Date(Date.now() + 60_000).toISOString().replace(/\.\d+Z$/, 'Z')
  return { SyncTokens: { DeclarationsToken: `${SyncTokens.DeclarationsToken}-${serial}`, Timestamp: later } }
}

/** From its second fetch on a configuration has another content. */
function editedOnce(): Fault {
  const seen = new Set<string>()
  return (asked, answer) => {
    if (!CONFIGURATION.test(asked.what)) return answer
    if (!seen.has(asked.what)) {
      seen.add(asked.what)
      return answer
    }
    return alter(CONFIGURATION, (json) => ({ ...json, Payload: { ...payload(json), Echo: 'edited' } }))(asked, answer)
  }
}

/** `tokens` says for ever what it said first with declarations in it. */
function frozen(): Fault {
  let first: Buffer | null = null
  let shown = false
  return ({ what }, answer) => {
    if (what === CONFIGURATION.source) return answer
    if (CONFIGURATION.test(what)) shown = true
    if (what !== 'tokens') return withoutData(answer)
    if (!shown) {
      first = answer.body
      return answer
    }
    return { ...answer, body: first ?? answer.body }
  }
}

/** The command without its Data, so that the device asks for the tokens. */
function withoutData(answer: Parameters<Fault>[1]): Parameters<Fault>[1] {
  const text = answer.body.toString()
  if (!text.includes('<string>DeclarativeManagement</string>')) return answer
  return { ...answer, body: Buffer.from(text.replace(/<key>Data<\/key>\s*<data>[^<]*<\/data>/, '')) }
}

/** A command is given in the first enrollment and in no later one. */
function onceIn(requestType: string): Fault {
  let enrollments = 0
  const never = withhold(requestType)
  return (asked, answer) => {
    if (asked.what === 'Authenticate') enrollments += 1
    return enrollments > 1 ? never(asked, answer) : answer
  }
}

/** A legacy profile, whose address a fault can change. */
function profile(name: string): Readonly<Record<string, Written>> {
  return { [`${name}.profile`]: legacyProfile(name), [`${name}.on`]: activation([`${name}.profile`]) }
}

/** Where the server under test is. */
let here = ''

function movedHere(json: Record<string, unknown>): unknown {
  return { ...json, Payload: { ProfileURL: `${here}/secret.mobileconfig` } }
}

/** Nobody listens on the discard port. */
function movedNowhere(json: Record<string, unknown>): unknown {
  return { ...json, Payload: { ProfileURL: 'http://127.0.0.1:9/wifi.mobileconfig' } }
}

function both(first: Fault, second: Fault): Fault {
  return (asked, answer) => second(asked, first(asked, answer))
}

let world: World
beforeAll(async () => {
  world = await openWorld('sqlite', { commandData: false })
})
afterAll(() => world.close())

describe('a mistake of a server is named by its code:', () => {
  it.each(mistakes.map((one) => [one.code, one] as const))('%s', async (code, mistake) => {
    const { fault, device: options = {}, given, afterwards, unproven, number, later = 0 } = mistake
    await using server = await faultyServer(world.url, fault)
    here = server.url
    const name = `m${number}.${code}`
    const device = world.make({
      kind: 'ipad',
      seed: name,
      transport: httpTransport(server.url),
      ...options,
      switches: { tokensOnEnable: true, ...options.switches },
    })
    const declared = given?.(name) ?? {
      [`${name}.test`]: testConfiguration(name),
      [`${name}.on`]: activation([`${name}.test`]),
    }
    await putSet(world.admin, name, declared)
    await device.enroll()
    await giveSet(world.admin, name, device.id)
    const heard = (): readonly TraceEntry[] => server.said(device.id)
    await eventually(`${name} is in what the device was told`, async () => {
      await device.connect()
      await device.settled()
      return heard().some(({ kind }) => kind === 'result')
    })
    await afterwards?.({ world, device, name, server })
    const found = await eventually(`${code} is found`, async () => {
      await device.connect()
      await device.settled()
      const said = heard()
      const diagnosis = diagnose(said, { now: (said.at(-1)?.at ?? 0) + later })
      return diagnosis.causes.some((one) => one.code === code) ? diagnosis : null
    })
    if (unproven !== true)
      expect(found.causes.filter(({ weight }) => weight === 'proven').map((one) => one.code)).toContain(code)
  })
})

it('a device that authenticates and never sends its push token is named: no-push-token', async () => {
  await using server = await faultyServer(world.url, none)
  const body = encodeCheckIn({
    MessageType: 'Authenticate',
    UDID: 'NO-TOKEN',
    Topic: 'com.apple.mgmt.External.edict',
    OSVersion: '27.0',
    BuildVersion: '27A1',
    ProductName: 'Mac15,3',
    SerialNumber: 'C0FFEE',
  })
  const type = { 'content-type': 'application/x-apple-aspen-mdm-checkin' }
  await fetch(`${server.url}/mdm/checkin`, { method: 'PUT', headers: type, body: new Uint8Array(body) })
  const said = server.said('NO-TOKEN')
  const { causes } = diagnose(said, { now: (said[0]?.at ?? 0) + 5 * 60_000 })
  expect(causes[0]).toMatchObject({ code: 'no-push-token', weight: 'proven' })
})

it('a device for which nothing is wrong is found healthy', async () => {
  await using server = await faultyServer(world.url, none)
  await putSet(world.admin, 'well', { 'well.test': testConfiguration('well'), 'well.on': activation(['well.test']) })
  const device = world.make({ kind: 'ipad', seed: 'well', transport: httpTransport(server.url) })
  await device.enroll()
  await giveSet(world.admin, 'well', device.id)
  await world.inSync(device)
  expect(diagnose(server.said(device.id))).toMatchObject({ stage: 'in-force', healthy: true, causes: [] })
})
