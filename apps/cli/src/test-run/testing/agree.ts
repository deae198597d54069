import { statusItems } from '@edict/catalogue'
import {
  type DeviceFacts,
  type HeldDeclaration,
  type ItemFact,
  type Prediction,
  type PredictionGround,
  payloadOf,
  predict,
} from '@edict/core'
import { evaluate, statusContext } from '@edict/predicate'
import { readClientCapabilities } from '@edict/protocol'
import { type DeviceUnderTest, deviceUnderTest } from '../device-under-test.ts'
import type { Generated } from './generated.ts'
import { RawPeer } from './raw-peer.ts'

/** What a device and the predictor said of the same activations. */
export interface Tally {
  /** Where the device contradicts a prediction. */
  readonly contradictions: readonly string[]
  /** Predictions that were definite, and all. */
  readonly definite: number
  readonly all: number
}

/** Compares with everything known but what is `hidden`. */
export async function compareKnown(generated: Generated, hidden: readonly string[]): Promise<Tally> {
  return withDevice(generated, async ({ dut, declarations }) => {
    const facts = factsOf(dut)
    const items = new Map([...facts.items].filter(([name]) => !hidden.includes(name)))
    return tally(dut, predict({ declarations: declarations(), facts: { ...facts, items }, under: null }))
  })
}

/** Predicts from what was true with the first declarations what the second ones do, then asks the device. */
export async function compareChange(generated: Generated): Promise<Tally> {
  return withDevice(generated, async ({ dut, peer, declarations }) => {
    for (const event of generated.events) dut.device.model.apply(event)
    await dut.pass(120_000)
    const ground = groundOf(dut, declarations())
    peer.hold(generated.second)
    await sync(dut)
    return tally(dut, predict({ ...ground, declarations: declarations() }))
  })
}

/** Predicts what events do, told only what they make of the items that do not depend on declarations. */
export async function compareEvents(generated: Generated): Promise<Tally> {
  return withDevice(generated, async ({ dut, declarations }) => {
    const { facts, under } = groundOf(dut, declarations())
    for (const event of generated.events) dut.device.model.apply(event)
    await dut.pass(120_000)
    // What a device says of itself while it goes back and forth is no ground to suppose anything.
    if (!isSettled(dut)) return { contradictions: [], definite: 0, all: 0 }
    const now = factsOf(dut)
    const items = new Map(facts.items)
    for (const name of [
      'passcode.is-present',
      'passcode.is-compliant',
      'device.power.battery-health',
      'diskmanagement.filevault.enabled',
      'test.string-value',
    ]) {
      const fact = now.items.get(name)
      if (fact?.answer === 'value') items.set(name, { ...fact, answer: 'given' })
    }
    return tally(dut, predict({ declarations: declarations(), facts: { ...facts, items }, under }))
  })
}

interface Scene {
  readonly dut: DeviceUnderTest
  readonly peer: RawPeer
  declarations(): readonly HeldDeclaration[]
}

async function withDevice(generated: Generated, work: (scene: Scene) => Promise<Tally>): Promise<Tally> {
  let peer: RawPeer | undefined
  const make = (now: () => number) => {
    peer = new RawPeer(now)
    return peer
  }
  const dut = await deviceUnderTest(generated.device, make, { switches: { installSeconds: null } })
  try {
    if (peer === undefined) throw new Error('Cannot compare: there is no peer')
    const held = peer
    held.hold(generated.first)
    await sync(dut)
    const declarations = () => [...held.wanted().bodies.values()].map((body) => ({ ...body, payload: payloadOf(body) }))
    return await work({ dut, peer: held, declarations })
  } finally {
    dut.stop()
  }
}

async function sync(dut: DeviceUnderTest): Promise<void> {
  await dut.settle()
  await dut.pass(120_000)
}

/** Whether the predicates of a device come to what it says, with what it says of its status: not where they chase their own effect. */
function isSettled(dut: DeviceUnderTest): boolean {
  const { activations, status, properties } = dut.view()
  const context = statusContext(status, properties)
  return activations.every(({ predicate }) => {
    return predicate === null || evaluate(predicate.source, context).kind === predicate.outcome
  })
}

function groundOf(dut: DeviceUnderTest, declarations: readonly HeldDeclaration[]): PredictionGround {
  const { activations, declarations: states } = dut.view()
  const active = [...activations, ...states.configuration].filter((one) => one.active)
  const under = {
    declarations,
    active: new Set(active.map(({ identifier }) => identifier)),
    uncertain: new Set<string>(),
  }
  return { declarations, facts: factsOf(dut), under }
}

/** Everything there is to know of a channel. */
function factsOf(dut: DeviceUnderTest): DeviceFacts {
  const { status } = dut.view()
  const { platform, osVersion } = dut.device.inspect()
  const capabilities = readClientCapabilities(status['management.client-capabilities'] ?? {})
  const fact = (name: string): ItemFact => {
    if (Object.hasOwn(status, name)) return { answer: 'value', value: status[name] ?? null, at: null }
    return { answer: capabilities.statusItems.includes(name) ? 'absent' : 'unsupported', value: null, at: null }
  }
  const items = new Map([...statusItems.keys()].map((name) => [name, fact(name)]))
  return { platform: platform as DeviceFacts['platform'], osVersion, capabilities, items }
}

function tally(dut: DeviceUnderTest, prediction: Prediction): Tally {
  const { activations, declarations: states } = dut.view()
  const said = new Map(
    [...activations, ...states.configuration, ...states.asset].map((one) => [one.identifier, one.active]),
  )
  const expected = [...prediction.activations, ...prediction.configurations, ...prediction.assets]
  const definite = expected.filter(([, { activity }]) => activity !== 'unknown')
  const contradictions = definite
    .filter(([identifier, { activity }]) => said.get(identifier) !== (activity === 'active'))
    .map(([identifier, { activity, because }]) => {
      const found = JSON.stringify(
        [...activations, ...states.configuration].find((one) => one.identifier === identifier),
      )
      return `${identifier} should be ${activity} (${because.code}: ${because.message}), the device has ${found}`
    })
  return { contradictions, definite: definite.length, all: expected.length }
}
