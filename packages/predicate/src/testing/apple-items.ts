import type { StatusItemTable } from '../check/status-item-table.ts'
import type { ValueShape } from '../check/value-shape.ts'

const text: ValueShape = { type: 'string', presence: 'required' }
const flag: ValueShape = { type: 'boolean', presence: 'required' }
const state: ValueShape = {
  type: 'string',
  presence: 'optional',
  rangelist: ['queued', 'installing', 'managed', 'failed'],
}
const list = (keys: Record<string, ValueShape>): ValueShape => ({
  type: 'array',
  presence: 'required',
  item: { type: 'dictionary', keys: { identifier: text, ...keys } },
})
const states = list({ active: flag, valid: { type: 'string', rangelist: ['unknown', 'invalid', 'valid'] } })

/** A part of Apple's status items, for tests. */
const shapes: ReadonlyMap<string, ValueShape> = new Map<string, ValueShape>([
  ['device.identifier.serial-number', text],
  ['device.model.family', text],
  ['device.operating-system.family', text],
  ['device.operating-system.version', text],
  ['device.operating-system.build-version', text],
  ['device.power.battery-health', { ...text, rangelist: ['non-genuine', 'normal', 'unknown'] }],
  ['passcode.is-compliant', flag],
  ['passcode.is-present', flag],
  ['diskmanagement.filevault.enabled', flag],
  [
    'mdm.app',
    list({ state, name: { type: 'string', presence: 'optional' }, 'short-version': text, 'external-version-id': text }),
  ],
  ['app.managed.list', list({ state, 'external-version-id': { type: 'integer' } })],
  ['test.integer-value', { type: 'integer', presence: 'required' }],
  ['test.real-value', { type: 'number', presence: 'required' }],
  [
    'management.declarations',
    { type: 'dictionary', presence: 'required', keys: { activations: states, configurations: states, assets: states } },
  ],
  ['softwareupdate.failure-reason', { type: 'dictionary', keys: { count: { type: 'integer' }, reason: text } }],
])

export const appleItems: StatusItemTable = {
  has: (name) => shapes.has(name),
  names: () => shapes.keys(),
  value: (name) => shapes.get(name),
  isEverywhere: (name) => name.startsWith('device.model.') || name.startsWith('device.operating-system.'),
}
