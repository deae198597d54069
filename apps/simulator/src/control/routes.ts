import { type Device, DeviceError } from '@edict/device'
import { isJsonObject, type Json } from '@edict/protocol'
import { EventError } from '../event/event-error.ts'
import { readModelEvent } from '../event/read-model-event.ts'
import type { Fleet } from '../fleet/fleet.ts'
import { TransportError } from '../transport/transport-error.ts'
import { ControlError } from './control-error.ts'
import { deviceDocument, deviceSummary } from './device-document.ts'

/** A request, read. */
export interface Asked {
  readonly fleet: Fleet
  /** What stands for `{id}`, decoded; empty where the path has none. */
  readonly id: string
  readonly query: URLSearchParams
  readonly body: () => Promise<Json>
}

export interface Route {
  readonly method: 'GET' | 'POST'
  /** `*` stands for the id of a device or of one of its channels, or its place in the fleet. */
  readonly path: string
  readonly answer: (asked: Asked) => unknown
}

/** The whole control door. */
export const routes: readonly Route[] = [
  { method: 'GET', path: '/devices', answer: listDevices },
  { method: 'GET', path: '/devices/*', answer: ({ fleet, id }) => deviceDocument(deviceAt(fleet, id), id) },
  { method: 'POST', path: '/devices/*/events', answer: takeEvents },
  { method: 'POST', path: '/devices/*/connect', answer: (asked) => act(asked, (device, id) => device.connect(id)) },
  { method: 'POST', path: '/devices/*/sync', answer: (asked) => act(asked, (device, id) => device.sync(id)) },
  { method: 'POST', path: '/devices/*/daily', answer: (asked) => act(asked, (device) => device.daily()) },
  { method: 'POST', path: '/devices/*/enroll', answer: (asked) => act(asked, (device) => device.enroll()) },
  { method: 'POST', path: '/devices/*/check-out', answer: (asked) => act(asked, (device) => device.checkOut()) },
  {
    method: 'POST',
    path: '/devices/*/log-in',
    answer: (asked) => act(asked, async (device, id = device.id) => void (await device.logIn(id))),
  },
  {
    method: 'POST',
    path: '/devices/*/log-out',
    answer: (asked) => act(asked, async (device, id = device.id) => device.logOut(id)),
  },
  {
    method: 'POST',
    path: '/devices/*/return-to-service',
    answer: (asked) => act(asked, async (device) => void (await device.returnToService())),
  },
  { method: 'POST', path: '/push', answer: takePushes },
]

const mostListed = 1000

function listDevices({ fleet, query }: Asked) {
  const limit = numberIn(query, 'limit', 1, mostListed, 100)
  const from = numberIn(query, 'cursor', 0, Number.MAX_SAFE_INTEGER, 0)
  const devices = fleet.devices.slice(from, from + limit).map((device, place) => deviceSummary(device, from + place))
  const next = from + devices.length
  return { devices, total: fleet.devices.length, next: next < fleet.devices.length ? String(next) : null }
}

/** All or none: the first that is not an event is named by its place. */
async function takeEvents({ fleet, id, body }: Asked) {
  const device = deviceAt(fleet, id)
  const value = await body()
  const events = (Array.isArray(value) ? value : [value]).map((one, place) => {
    try {
      return readModelEvent(one)
    } catch (error) {
      if (!(error instanceof EventError)) throw error
      const at = [...(Array.isArray(value) ? [String(place)] : []), ...(error.at === undefined ? [] : [error.at])].join(
        '.',
      )
      const { code, message, found, expected } = error
      throw new ControlError(400, code, message, { ...(at === '' ? {} : { at }), found, expected })
    }
  })
  for (const event of events) {
    try {
      fleet.apply(device, event)
    } catch (error) {
      throw refusedByDevice(error, 400)
    }
  }
  return { device: device.id, applied: events.length }
}

/** Lets a device do something, waits for it, and tells of the requests that it made. */
async function act({ fleet, id }: Asked, run: (device: Device, channelId: string | undefined) => Promise<void>) {
  const device = deviceAt(fleet, id)
  const channel = device.channels().find((one) => one.id === id)
  const before = new Set(device.requests)
  try {
    await run(device, channel?.id)
  } catch (error) {
    throw refusedByDevice(error, 502)
  }
  return { device: device.id, requests: device.requests.filter((request) => !before.has(request)) }
}

/** Answers as soon as it is known whose they are; the devices connect meanwhile. */
async function takePushes({ fleet, body }: Asked) {
  const value = await body()
  const pushes = isJsonObject(value) && Array.isArray(value.pushes) ? value.pushes : [value]
  const unknown: string[] = []
  for (const one of pushes.map(readPush)) {
    if (fleet.knows(one.token)) fleet.push(one.token, one.magic).catch(() => undefined)
    else unknown.push(one.token)
  }
  return { woken: pushes.length - unknown.length, unknown }
}

function readPush(value: Json): { readonly token: string; readonly magic?: string } {
  const expected = '{"token": hex, "magic"?: string}, or {"pushes": [these]}'
  if (!isJsonObject(value) || typeof value.token !== 'string' || !/^(?:[0-9a-f]{2})+$/i.test(value.token)) {
    throw new ControlError(400, 'push-malformed', `Cannot take the push: expected ${expected}`, {
      found: value,
      expected,
    })
  }
  return { token: value.token, ...(typeof value.magic === 'string' ? { magic: value.magic } : {}) }
}

function deviceAt(fleet: Fleet, id: string): Device {
  const device = fleet.find(id)
  if (device !== undefined) return device
  const expected = `the id of a device or channel at /devices, or 0 to ${fleet.devices.length - 1}`
  throw new ControlError(404, 'device-unknown', `Cannot find the device: found ${id}, expected ${expected}`, {
    found: id,
    expected,
  })
}

function numberIn(query: URLSearchParams, name: string, least: number, most: number, or: number): number {
  const text = query.get(name)
  const value = text === null || text === '' ? or : Number(text)
  if (Number.isSafeInteger(value) && value >= least && value <= most) return value
  const expected = `a whole number from ${least} to ${most}`
  throw new ControlError(400, 'query-unfit', `Cannot use ${name}: found ${text}, expected ${expected}`, {
    at: name,
    found: text,
    expected,
  })
}

function refusedByDevice(error: unknown, status: number): unknown {
  if (error instanceof TransportError) return new ControlError(502, error.code, error.message)
  if (!(error instanceof DeviceError)) return error
  const { code, message, at, expected } = error
  return new ControlError(status, code, message, { at, found: jsonOf(error.found), expected })
}

/** Evidence may be anything; what is no JSON is shown as text. */
function jsonOf(value: unknown): Json | undefined {
  if (value === undefined) return undefined
  try {
    return JSON.parse(JSON.stringify(value)) as Json
  } catch {
    return String(value)
  }
}
