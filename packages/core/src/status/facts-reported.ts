import { platformOfProduct, type StatusItemName } from '@edict/catalogue'
import type { Json } from '@edict/protocol'
import type { Facts } from '../enrollment/enrollment.ts'
import type { ReportedItem } from './flatten.ts'

type Reader = (value: Json) => Partial<Facts>

/** Which status items tell us something that gates what a channel can have, or that an administrator looks for. */
const readers: ReadonlyMap<string, Reader> = new Map<StatusItemName, Reader>([
  ['device.operating-system.version', text('osVersion')],
  ['device.operating-system.build-version', text('buildVersion')],
  ['device.identifier.serial-number', text('serialNumber')],
  ['device.model.marketing-name', text('modelName')],
  ['device.model.identifier', product],
  ['mdm.enrollment-type', supervision],
  ['mdm.is-shared-ipad', (value) => (typeof value === 'boolean' ? { sharedIPad: value } : {})],
])

function text(fact: 'osVersion' | 'buildVersion' | 'serialNumber' | 'modelName'): Reader {
  return (value) => (isText(value) ? { [fact]: value } : {})
}

/** Facts go into the key of a cohort, which is hashed: half a surrogate pair has no canonical form. */
function isText(value: Json): value is string {
  return typeof value === 'string' && value !== '' && value.isWellFormed()
}

function product(value: Json): Partial<Facts> {
  if (!isText(value)) return {}
  const platform = platformOfProduct(value)
  return platform === undefined ? { productName: value } : { productName: value, platform }
}

/** `none`, and any word that a later OS may bring, says nothing of supervision. */
function supervision(value: Json): Partial<Facts> {
  if (value === 'supervised') return { supervised: true }
  return value === 'device' || value === 'user' ? { supervised: false } : {}
}

/** The facts with what a report says of them. */
export function factsReported(facts: Facts, reported: readonly ReportedItem[]): Facts {
  return Object.assign({}, facts, ...reported.map(({ name, value }) => readers.get(name)?.(value)))
}

/** Whether an item can change what a channel is eligible for, so that its cohort may change. */
export function gates(name: string): boolean {
  return readers.has(name) || name === 'management.client-capabilities'
}
