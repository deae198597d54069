import type { Json } from '@edict/protocol'
import type { Facts } from '../enrollment/enrollment.ts'
import type { ReportedItem } from './flatten.ts'

type Reader = (value: Json) => Partial<Facts>

/** Which status items tell us something that gates what a channel can have, or that an administrator looks for. */
const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['device.operating-system.version', text('osVersion')],
  ['device.operating-system.build-version', text('buildVersion')],
  ['device.identifier.serial-number', text('serialNumber')],
  ['device.model.marketing-name', text('modelName')],
  ['device.model.identifier', text('productName')],
  ['mdm.enrollment-type', (value) => (typeof value === 'string' ? { supervised: value === 'supervised' } : {})],
  ['mdm.is-shared-ipad', (value) => (typeof value === 'boolean' ? { sharedIPad: value } : {})],
])

function text(fact: 'osVersion' | 'buildVersion' | 'serialNumber' | 'modelName' | 'productName'): Reader {
  return (value) => (typeof value === 'string' && value !== '' ? { [fact]: value } : {})
}

/** The facts with what a report says of them. */
export function factsReported(facts: Facts, reported: readonly ReportedItem[]): Facts {
  return Object.assign({}, facts, ...reported.map(({ name, value }) => readers.get(name)?.(value)))
}

/** Whether an item can change what a channel is eligible for, so that its cohort may change. */
export function gates(name: string): boolean {
  return readers.has(name) || name === 'management.client-capabilities'
}
