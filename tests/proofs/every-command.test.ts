import type { EndpointResponse } from '@edict/api'
import { commandResponse, commands, type ValueFacts } from '@edict/catalogue'
import type { Device } from '@edict/device'
import { isJsonObject, type Json } from '@edict/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../harness/eventually.ts'
import { soundCommand } from '../harness/every-command.ts'
import { inParallel } from '../harness/fleet.ts'
import { openWorld, type World, type WorldDevice } from '../harness/world.ts'

type Command = EndpointResponse<'get-command'>
type Body = ReturnType<typeof soundCommand>

/** What the device does after it answered keeps it from answering others: these come by themselves, in this order. */
const byThemselves = ['DeviceLock', 'RestartDevice', 'ShutDownDevice', 'EraseDevice']
const together = [...commands.keys()].filter((name) => !byThemselves.includes(name))

const kinds: readonly (readonly [string, WorldDevice])[] = [
  ['an iPad', { kind: 'ipad' }],
  ['an iPad that nobody supervises', { kind: 'ipad', supervised: false }],
  ['an iPad with iOS 16', { kind: 'ipad', osVersion: '16.1' }],
  ['an iPad with iOS 27', { kind: 'ipad', osVersion: '27.0' }],
  ['a Mac with macOS 27', { kind: 'mac', osVersion: '27.0' }],
  ['an Apple TV', { kind: 'apple-tv' }],
  ['a Vision Pro', { kind: 'vision' }],
  ['a Watch', { kind: 'watch' }],
  ['a Shared iPad', { kind: 'shared-ipad', users: ['ada@school.example'] }],
  ['an iPhone by user enrollment', { kind: 'byod-iphone' }],
  ['a Mac by user enrollment', { kind: 'byod-mac' }],
]

/** The server says what a channel has by Apple's schema; so does the device, by code of its own. Neither knows the other's. */
describe('every command of Apple', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld('sqlite')
  })
  afterAll(() => world.close())

  it.each(kinds)('is taken for the same by the server and by %s, on each channel', async (_, options) => {
    const device = await world.enroll(options)
    const told: string[] = []
    for (const { id } of device.channels().toReversed()) {
      await world.inSync(device, id)
      // What the server has to know of a device.
      await answered(device, id, [{ RequestType: 'DeviceInformation', Queries: ['IsSupervised'] }])
      told.push(...(await answered(device, id, together.map(soundCommand))).flatMap(disagreement))
      for (const name of byThemselves) {
        told.push(...(await answered(device, id, [soundCommand(name)])).flatMap(disagreement))
        device.model.unlock()
        device.model.setNetwork(true)
      }
      await device.settled()
    }
    expect(told).toEqual([])
  })

  const answered = async (device: Device, id: string, bodies: readonly Body[]): Promise<readonly Command[]> => {
    const query = { override: 'to see what the device says' }
    const sent: Command[] = []
    await inParallel(bodies, 8, async (body) => {
      sent.push(await world.admin('send-command', { params: { id }, body, query }))
    })
    const all = await eventually(`${id} answers ${bodies.length}`, async () => {
      await device.connect(id)
      const { items } = await world.admin('list-commands', { params: { id }, query: { limit: bodies.length } })
      return items.every(({ answeredAt }) => answeredAt !== null) && items
    })
    return sent.map(({ uuid, problems }) => {
      const command = all.find((one) => one.uuid === uuid)
      if (command === undefined) throw new Error(`Cannot find command ${uuid}`)
      return problems === undefined ? command : { ...command, problems }
    })
  }
})

/** What is secret is not shown. */
const HIDDEN = '•••'

function disagreement(command: Command): readonly string[] {
  const { requestType: name, enrollment: id, state, response = {} } = command
  const refused = (command.problems ?? []).filter(({ overridden }) => overridden === true)
  const server = refused.map(({ code }) => code).join() || 'yes'
  const told = `${name} on ${id}: the server says ${server}, the device ${said(command)}`
  const flaw = state === 'acknowledged' ? flawIn(response, commandResponse(name), name) : null
  return [...((refused.length === 0) === isTaken(command) ? [] : [told]), ...(flaw === null ? [] : [flaw])]
}

function said({ state, errorChain }: Command): string {
  return `${state} ${JSON.stringify(errorChain?.[0] ?? '')}`
}

/** Whether the device has the command, done or not: it does not say that it has no such command, needs supervision, or cannot read it. */
function isTaken({ state, errorChain }: Command): boolean {
  if (state === 'format-error') return false
  const [first] = errorChain ?? []
  const { ErrorDomain: domain, ErrorCode: code } = (first ?? {}) as { ErrorDomain?: string; ErrorCode?: number }
  return !(domain === 'MCMDMErrorDomain' && code === 12021) && !(domain === 'EdictDeviceErrorDomain' && code === 3)
}

/** Where an answer is not what Apple's schema says of it. Of Settings it describes one item of the list that Apple's example has. */
function flawIn(value: Json, facts: ValueFacts | undefined, at: string): string | null {
  if (facts === undefined || at === 'Settings.Settings' || value === HIDDEN) return null
  if (!hasType(value, facts.type)) return `${at} is not of type ${facts.type}: ${JSON.stringify(value)}`
  if (facts.rangelist !== undefined && !facts.rangelist.includes(value as string)) return `${at} may not be ${value}`
  if (Array.isArray(value)) return firstFlaw((value as Json[]).map((one, index) => [one, facts.item, `${at}.${index}`]))
  if (!isJsonObject(value) || '$data' in value || '$date' in value || '$real' in value) return null
  const { keys, others } = facts
  if (keys === undefined) return firstFlaw(Object.entries(value).map(([key, one]) => [one, others, `${at}.${key}`]))
  const unknown = others === undefined ? Object.keys(value).find((key) => !Object.hasOwn(keys, key)) : undefined
  if (unknown !== undefined) return `${at}.${unknown} is unknown to the schema`
  const missing = Object.keys(keys).find(
    (key) => keys[key]?.presence === 'required' && keys[key]?.availability === undefined && !Object.hasOwn(value, key),
  )
  if (missing !== undefined) return `${at}.${missing} is missing`
  return firstFlaw(Object.entries(value).map(([key, one]) => [one, keys[key] ?? others, `${at}.${key}`]))
}

function firstFlaw(places: readonly (readonly [Json, ValueFacts | undefined, string])[]): string | null {
  for (const [value, facts, at] of places) {
    const flaw = flawIn(value, facts, at)
    if (flaw !== null) return flaw
  }
  return null
}

function hasType(value: Json, type: ValueFacts['type']): boolean {
  if (type === 'any') return true
  if (type === 'array') return Array.isArray(value)
  if (type === 'data' || type === 'date') return isJsonObject(value) && `$${type}` in value
  if (type === 'dictionary') return isJsonObject(value)
  if (type === 'integer') return Number.isInteger(value)
  if (type === 'number') return typeof value === 'number' || (isJsonObject(value) && '$real' in value)
  return typeof value === type
}
