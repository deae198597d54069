import { type ChannelView, createDevice, type Device, type DeviceOptions, manualClock } from '@edict/device'
import type { Json } from '@edict/protocol'
import { UsageError } from '../failure.ts'
import type { TestDevice } from './fixture.ts'
import type { Peer } from './peer.ts'

/** A simulated device with a server of its own and a clock that moves when told to. */
export interface DeviceUnderTest {
  readonly device: Device
  readonly peer: Peer
  /** Id of the channel that is looked at. */
  readonly channel: string
  view(): ChannelView
  /** Lets everything happen that is due: pushes, downloads, reports. */
  settle(): Promise<void>
  /** Moves the clock on by this many milliseconds, and lets everything happen on the way. */
  pass(ms: number): Promise<void>
  stop(): void
}

/** A school day. */
const START = Date.UTC(2026, 8, 1, 8)
/** A change may lead to another one; no more than this. */
const MOST_ROUNDS = 32

/** @throws UsageError for facts that a simulated device of this kind cannot have */
export async function deviceUnderTest(
  { kind, channel, users, facts }: TestDevice,
  makePeer: (now: () => number) => Peer,
  more: Partial<DeviceOptions> = {},
): Promise<DeviceUnderTest> {
  const clock = manualClock(START)
  const peer = makePeer(() => clock.now())
  const options = { kind, seed: 'edict test', transport: peer, clock, ...optionsFrom(facts), ...more }
  const device = createDevice(users === null ? options : { ...options, users })
  applyFacts(device, facts)
  await device.enroll()
  const looked = device.channels().find((one) => one.kind === channel)
  if (looked === undefined) throw new UsageError(`Cannot look at the ${channel} channel: this ${kind} has none`)
  const { id } = looked
  const settle = async () => {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      await device.settled()
      const behind = peer.behind()
      if (behind.length === 0) return
      for (const one of behind) await device.connect(one)
    }
  }
  const pass = async (ms: number) => {
    const until = clock.now() + ms
    for (let next = clock.next(); next !== undefined && next <= until; next = clock.next()) {
      clock.advance(Math.max(0, next - clock.now()))
      await settle()
    }
    clock.advance(until - clock.now())
    await settle()
  }
  const view = () => {
    const found = device.inspect().channels.find((one) => one.id === id)
    if (found === undefined) throw new Error(`Cannot find channel ${id}`)
    return found
  }
  checkFacts(view(), facts, kind)
  return { device, peer, channel: id, view, settle, pass, stop: () => device.stop() }
}

type Facts = ReadonlyMap<string, Json>

/** What is decided when a device is made. */
function optionsFrom(facts: Facts): Partial<DeviceOptions> {
  const text = (item: string) => {
    const value = facts.get(item)
    return typeof value === 'string' ? value : undefined
  }
  const enrollment = text('mdm.enrollment-type')
  const options = {
    osVersion: text('device.operating-system.version'),
    serialNumber: text('device.identifier.serial-number'),
    udid: text('device.identifier.udid'),
    productName: text('device.model.identifier'),
    supervised: enrollment === undefined || enrollment === 'user' ? undefined : enrollment === 'supervised',
  }
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}

/** What a person, an app or Apple decides afterwards. */
function applyFacts({ model, inspect }: Device, facts: Facts): void {
  const { osVersion } = inspect()
  const [present, compliant] = [facts.get('passcode.is-present'), facts.get('passcode.is-compliant')]
  if (present !== undefined || compliant !== undefined) {
    const isCompliant = typeof compliant === 'boolean' ? { compliant } : {}
    model.setPasscode({ present: present !== false, ...isCompliant })
  }
  for (const [item, value] of facts) {
    if (item === 'device.power.battery-health' && typeof value === 'string') model.setBattery({ health: value })
    if (item === 'diskmanagement.filevault.enabled') model.setFileVault(value === true)
    if (item === 'device.operating-system.build-version' && typeof value === 'string')
      model.setOSVersion(osVersion, value)
    if (item === 'mdm.is-awaiting-configuration') model.setAwaitingConfiguration(value === true)
    if (item.startsWith('softwareupdate.')) model.setSoftwareUpdate(item, value)
    if (item.startsWith('test.')) model.setTestValue(item, value)
  }
}

/** A fact that had no effect would make a test say something else than it reads. */
function checkFacts({ status }: ChannelView, facts: Facts, kind: string): void {
  for (const [item, value] of facts) {
    const found = Object.hasOwn(status, item) ? status[item] : undefined
    if (JSON.stringify(found ?? null) === JSON.stringify(value)) continue
    const is = found === undefined ? 'it does not have that item' : `it is ${JSON.stringify(found)} there`
    throw new UsageError(`Cannot give the simulated ${kind} ${item} = ${JSON.stringify(value)}: ${is}`, SETTABLE)
  }
}

const SETTABLE =
  'choose another kind, or give facts that can be chosen: passcode.…, device.operating-system.version, device.identifier.…, ' +
  'device.model.identifier, device.power.battery-health, mdm.enrollment-type, diskmanagement.filevault.enabled, softwareupdate.…, test.…'
