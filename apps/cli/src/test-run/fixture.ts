import { type DeviceKind, deviceKinds, type ModelEvent } from '@edict/device'
import type { Json, JsonObject } from '@edict/protocol'
import { UsageError } from '../failure.ts'
import { isObject } from '../input.ts'
import { Reader } from './reader.ts'

/** A `*.test.json` file: what devices with these facts make of the declarations beside it. */
export interface Fixture {
  /** Where it was read. */
  readonly file: string
  readonly about: string | null
  /** Files and folders with declarations, relative to the fixture; its own folder when it says nothing. */
  readonly declarations: readonly string[]
  /** By name; one set of everything when it says nothing. */
  readonly sets: ReadonlyMap<string, readonly string[]> | null
  /** What is downloaded, by URL: files relative to the fixture. */
  readonly contents: ReadonlyMap<string, string>
  readonly tests: readonly Test[]
}

export interface Test {
  readonly name: string
  readonly device: TestDevice
  readonly steps: readonly Step[]
}

export interface TestDevice {
  readonly kind: DeviceKind
  /** Which channel gets the sets and is looked at. */
  readonly channel: 'device' | 'user'
  readonly users: readonly string[] | null
  /** Status items by name, as they are at the beginning. */
  readonly facts: ReadonlyMap<string, Json>
}

/** One thing after another: time passes, what is given changes, events happen, then one looks. */
export interface Step {
  readonly name: string | null
  /** Milliseconds. */
  readonly after: number
  /** Sets that the channel has from here on. */
  readonly sets: readonly string[] | null
  /** Own values of the enrollment from here on. */
  readonly properties: JsonObject | null
  readonly commands: readonly JsonObject[]
  readonly events: readonly ModelEvent[]
  readonly expect: Expected | null
}

export interface Expected {
  /** Exactly these configurations are active. */
  readonly active: readonly string[] | null
  /** Declarations that the device has and that are not active; with the code of a reason, or null for any. */
  readonly inactive: ReadonlyMap<string, string | null>
  /** Declarations that the device does not have. */
  readonly absent: readonly string[]
  /** What predicates on the device read as properties, null for one that is not set; others may be set too. */
  readonly properties: JsonObject
  /** Sets that the device has whole. */
  readonly sets: readonly string[]
}

/** @throws UsageError with the place of what is not as it should be */
export function readFixture(value: Json, file: string): Fixture {
  const top = Reader.over(value, file)
  const defaults = { device: top.object('device'), properties: top.optionalObject('properties') }
  const fixture = {
    file,
    about: top.optionalText('about'),
    declarations: top.texts('declarations') ?? ['.'],
    sets: top.has('sets') ? top.object('sets').textsByKey() : null,
    contents: top.object('contents').textByKey(),
    tests: top.objects('tests').map((test) => readTest(test, defaults)),
  }
  top.end()
  if (fixture.tests.length === 0) throw new UsageError(`Cannot use ${file}: tests is empty`, EXAMPLE)
  return fixture
}

const EXAMPLE = 'add a test such as { "name": "…", "expect": { "active": [] } }'

interface Defaults {
  readonly device: Reader
  readonly properties: JsonObject | null
}

/** A test says its one step itself, or has a list of them; it may say both. */
function readTest(test: Reader, defaults: Defaults): Test {
  const name = test.text('name')
  const device = readDevice(defaults.device.with(test.object('device')))
  const first = readStep(test)
  const steps = test.objects('steps').map((one) => {
    const step = readStep(one)
    one.end()
    return step
  })
  test.end()
  const start = { ...first, name: null, properties: first.properties ?? defaults.properties }
  const all = [start, ...steps]
  if (all.every(({ expect }) => expect === null))
    throw new UsageError(`Cannot use ${test.at}: nothing is expected`, EXAMPLE)
  return { name, device, steps: all }
}

function readDevice(device: Reader): TestDevice {
  const channel = device.optionalText('channel') ?? 'device'
  if (channel !== 'device' && channel !== 'user') throw device.wrong('channel', channel, 'device or user')
  const kind = device.optionalText('kind') ?? 'ipad'
  const known = deviceKinds.find((one) => one === kind)
  if (known === undefined) throw device.wrong('kind', kind, deviceKinds.join(', '))
  const facts = new Map(Object.entries(device.optionalObject('facts') ?? {}))
  const read = { kind: known, channel, users: device.texts('users'), facts } as const
  device.end()
  return read
}

function readStep(step: Reader): Step {
  return {
    name: step.optionalText('name'),
    after: milliseconds(step),
    sets: step.has('set') ? [step.text('set')] : step.texts('give'),
    properties: step.optionalObject('properties'),
    commands: step.plainObjects('commands'),
    // The device itself says which events it does not know.
    events: step.plainObjects('events') as unknown as readonly ModelEvent[],
    expect: step.has('expect') ? readExpected(step.object('expect')) : null,
  }
}

function readExpected(expected: Reader): Expected {
  const read = {
    active: expected.texts('active'),
    inactive: inactiveOf(expected),
    absent: expected.texts('absent') ?? [],
    properties: expected.optionalObject('properties') ?? {},
    sets: expected.texts('sets') ?? [],
  }
  expected.end()
  return read
}

/** A list of Identifiers, or each with the code of its reason. */
function inactiveOf(expected: Reader): ReadonlyMap<string, string | null> {
  const value = expected.value('inactive')
  return isObject(value)
    ? expected.object('inactive').textByKey()
    : new Map((expected.texts('inactive') ?? []).map((identifier) => [identifier, null]))
}

const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** `90s`, `15m`, `2h`, `1d`. */
function milliseconds(step: Reader): number {
  const text = step.optionalText('after')
  if (text === null) return 0
  const [, count, unit = ''] = /^(\d{1,6})\s*([smhd])$/.exec(text) ?? []
  const size = units[unit]
  if (count === undefined || size === undefined) throw step.wrong('after', text, 'a time such as 90s, 15m, 2h or 1d')
  return Number(count) * size
}
