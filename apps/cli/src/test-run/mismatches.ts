import { isDeepStrictEqual } from 'node:util'
import type { Declared } from '@edict/core'
import type { ChannelView, DeclarationStateView } from '@edict/device'
import type { Json } from '@edict/protocol'
import { decidedBy } from './decided-by.ts'
import type { DeviceUnderTest } from './device-under-test.ts'
import type { Expected } from './fixture.ts'
import { membersOf } from './members-of.ts'
import type { Mismatch } from './verdict.ts'

/** Identifiers that begin so are Edict's own. */
const OWN = 'edict.'

/**
 * Where a device is not as expected, by what it says of itself.
 *
 * @throws UsageError for a set that there is not
 */
export function mismatchesOf(expected: Expected, dut: DeviceUnderTest, { sets }: Declared): readonly Mismatch[] {
  const view = dut.view()
  const found = new Map<string, Omit<Mismatch, 'activations'>>()
  const add = (identifier: string, wanted: string, instead: string) => {
    if (!found.has(identifier)) found.set(identifier, { identifier, expected: wanted, found: instead })
  }
  const stateOf = (identifier: string): string => describe(identifier, view, dut)
  for (const identifier of expected.active ?? []) {
    const state = stateIn(view, identifier)
    if (state?.active !== true || state.valid === 'invalid') add(identifier, 'active', stateOf(identifier))
  }
  for (const { identifier, active } of expected.active === null ? [] : view.declarations.configuration) {
    if (active && !identifier.startsWith(OWN) && expected.active?.includes(identifier) === false) {
      add(identifier, 'not active', stateOf(identifier))
    }
  }
  for (const [identifier, reason] of expected.inactive) {
    const state = stateIn(view, identifier)
    const isSo = state !== undefined && !state.active && (reason === null || codesOf(state).includes(reason))
    if (!isSo) add(identifier, reason === null ? 'inactive' : `inactive (${reason})`, stateOf(identifier))
  }
  for (const identifier of expected.absent) {
    if (stateIn(view, identifier) !== undefined) add(identifier, 'not on the device', stateOf(identifier))
  }
  for (const [key, value] of Object.entries(expected.properties)) {
    const held = (Object.hasOwn(view.properties, key) ? view.properties[key] : null) ?? null
    if (!isDeepStrictEqual(held, value)) add(`property ${key}`, shown(value), shown(held))
  }
  for (const set of expected.sets) {
    const missing = membersOf(set, sets).find((identifier) => stateIn(view, identifier) === undefined)
    if (missing !== undefined) add(`set ${set}`, 'on the device', `without ${missing}: ${stateOf(missing)}`)
  }
  return [...found.values()].map((one) => ({ ...one, activations: decidedBy(one.identifier, dut) }))
}

function shown(value: Json): string {
  return value === null ? 'not set' : JSON.stringify(value)
}

function stateIn({ declarations }: ChannelView, identifier: string): DeclarationStateView | undefined {
  return Object.values(declarations)
    .flat()
    .find((state) => state.identifier === identifier)
}

function codesOf({ reasons }: DeclarationStateView): readonly string[] {
  return reasons.map(({ code }) => code)
}

function describe(identifier: string, view: ChannelView, { peer, channel }: DeviceUnderTest): string {
  const state = stateIn(view, identifier)
  if (state === undefined) {
    const left = peer.wanted(channel).leftOut.find((one) => one.identifier === identifier)
    if (left === undefined) return 'not on the device'
    const { code, of, reason } = left.cause
    return `left out (${code}): ${of === undefined ? '' : `${of}: `}${reason}`
  }
  const codes = codesOf(state).length === 0 ? '' : ` (${codesOf(state).join(', ')})`
  if (state.active) return state.valid === 'invalid' ? `active and failed${codes}` : `active${codes}`
  return `inactive${codes}`
}
