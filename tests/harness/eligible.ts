import type { Device } from '@edict/device'
import { readClientCapabilities } from '@edict/protocol'
import { expect } from 'vitest'
import type { Written } from './declarations.ts'
import { viewOf } from './witness.ts'
import type { World } from './world.ts'

/** Each channel is given what it says that it can have, all of that, and of the rest it is said that it was left out. */
export async function getsWhatItCan(
  world: World,
  device: Device,
  given: Readonly<Record<string, Written>>,
): Promise<void> {
  for (const { id } of device.channels()) {
    const { items, leftOut } = await world.admin('get-manifest', { params: { id } })
    const capabilities = viewOf(device, id).status['management.client-capabilities']
    const can = new Set(Object.values(readClientCapabilities(capabilities ?? {}).declarations).flat())
    for (const { type, identifier } of items) expect(can, `${identifier} on ${id}`).toContain(type)
    for (const { identifier, cause } of leftOut) {
      const of = cause.of ?? identifier
      expect(can, `${of} on ${id}`).not.toContain(given[of]?.Type)
    }
    const all = [...items, ...leftOut].map(({ identifier }) => identifier)
    expect(all.filter((identifier) => !identifier.startsWith('edict.')).sort()).toEqual(Object.keys(given).sort())
  }
}

/** No declaration on the device is one that it does not know, or that is for others. */
export function findsNothingForeign(device: Device): void {
  for (const { id } of device.channels()) {
    const { declarations, held } = viewOf(device, id)
    const codes = Object.values(declarations)
      .flat()
      .flatMap(({ identifier, reasons }) => reasons.map(({ code }) => `${identifier} ${code}`))
    expect(codes.filter((code) => /NotSupported|UnknownDeclarationType|Missing|InvalidPayload/.test(code))).toEqual([])
    expect(held.every(({ loaded }) => loaded)).toBe(true)
  }
}
