import type { Json } from '@edict/protocol'
import { byCodeUnit } from '../canonical.ts'
import { payloadOf, SUBSCRIPTION_TYPE } from '../declaration/declaration.ts'
import { references } from '../declaration/references.ts'
import type { Body } from './manifest.ts'

/**
 * The status items that these declarations subscribe to, sorted. Several subscriptions add up; one that no activation lists
 * subscribes to nothing.
 *
 * @see apple:declarative/declarations/configurations/management.status-subscriptions.yaml
 */
export function subscribedItems(bodies: readonly Omit<Body, 'serverToken' | 'reapply'>[]): readonly string[] {
  const activations = bodies.filter((body) => body.kind === 'activation')
  const listed = new Set(activations.flatMap((body) => references(body.type, payloadOf(body)).map(({ to }) => to)))
  const names = bodies
    .filter((body) => body.type === SUBSCRIPTION_TYPE && listed.has(body.identifier))
    .flatMap((body) => itemNames(payloadOf(body).StatusItems))
  return [...new Set(names)].sort(byCodeUnit)
}

function itemNames(items: Json | undefined): string[] {
  if (!Array.isArray(items)) return []
  return items.flatMap((item) => {
    const name = typeof item === 'object' && item !== null && 'Name' in item ? item.Name : undefined
    return typeof name === 'string' ? [name] : []
  })
}
