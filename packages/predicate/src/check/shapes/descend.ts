import type { Step } from '../../ast/nodes.ts'
import type { ValueShape } from '../value-shape.ts'

/** Where a step leads: to a shape (undefined: not known), or nowhere, and why. */
export type Descent =
  | { readonly kind: 'shape'; readonly shape: ValueShape | undefined }
  | { readonly kind: 'key-unknown'; readonly key: string; readonly known: readonly string[] }
  | { readonly kind: 'no-keys'; readonly key: string; readonly shape: ValueShape }

const unknown: Descent = { kind: 'shape', shape: undefined }

/** Takes one step down from a shape. */
export function descend(shape: ValueShape | undefined, step: Step): Descent {
  if (shape === undefined || shape.type === 'any') return afterUnknown(step)
  switch (step.kind) {
    case 'key':
      return descendKey(shape, step.name)
    case 'item':
      return descendName(shape, step.name)
    case 'collection':
      if (step.name === 'count') return to({ type: 'integer' })
      return to(step.name === 'sum' || step.name === 'avg' ? { type: 'number' } : undefined)
    case 'index':
      if (step.index === 'SIZE') return to({ type: 'integer' })
      if (shape.type === 'array') return to(shape.item)
      if (typeof step.index !== 'string' && step.index.kind === 'string') return descendKey(shape, step.index.value)
      return unknown
  }
}

/** Follows a dotted name; a key that holds dots itself is found first. */
export function descendName(shape: ValueShape | undefined, name: string): Descent {
  if (shape === undefined) return unknown
  const holder = shape.type === 'array' ? shape.item : shape
  if (holder?.keys && Object.hasOwn(holder.keys, name)) return descendKey(shape, name)
  let reached: Descent = { kind: 'shape', shape }
  for (const key of name.split('.')) {
    if (reached.kind !== 'shape') return reached
    if (reached.shape === undefined) return unknown
    reached = descendKey(reached.shape, key)
  }
  return reached
}

/** What every value answers, and what strings and numbers do. */
const scalarKeys: ReadonlyMap<string, ValueShape | undefined> = new Map<string, ValueShape | undefined>([
  ['length', { type: 'integer' }],
  ['doubleValue', { type: 'number' }],
  ['floatValue', { type: 'number' }],
  ['intValue', { type: 'integer' }],
  ['integerValue', { type: 'integer' }],
  ['longLongValue', { type: 'integer' }],
  ['boolValue', { type: 'boolean' }],
  ['stringValue', { type: 'string' }],
  ['lowercaseString', { type: 'string' }],
  ['uppercaseString', { type: 'string' }],
])

function descendKey(shape: ValueShape, key: string): Descent {
  switch (shape.type) {
    case 'array': {
      const inner: Descent = shape.item === undefined ? unknown : descendKey(shape.item, key)
      if (inner.kind !== 'shape') return inner
      return to({ type: 'array', ...(inner.shape && { item: inner.shape }) })
    }
    case 'dictionary': {
      const { keys, others } = shape
      if (keys && Object.hasOwn(keys, key)) return to(keys[key])
      if (others) return to(others)
      return keys === undefined ? unknown : { kind: 'key-unknown', key, known: Object.keys(keys) }
    }
    case 'any':
    case 'date':
    case 'data':
      return unknown
    default:
      if (key === 'self') return to(shape)
      return scalarKeys.has(key) ? to(scalarKeys.get(key)) : { kind: 'no-keys', key, shape }
  }
}

function afterUnknown(step: Step): Descent {
  const counts =
    (step.kind === 'collection' && step.name === 'count') || (step.kind === 'index' && step.index === 'SIZE')
  return counts ? to({ type: 'integer' }) : unknown
}

function to(shape: ValueShape | undefined): Descent {
  return { kind: 'shape', shape }
}
