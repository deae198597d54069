import { type Declaration, isJsonObject } from '@edict/protocol'
import { textAt, valueAt } from '../json-object.ts'
import { isA } from './is-a.ts'

/** Names of status items that these configurations subscribe to: all of them together, sorted. */
export function subscriptionsOf(declarations: Iterable<Declaration>): readonly string[] {
  const names = new Set<string>()
  for (const declaration of declarations) {
    if (!isA(declaration, 'com.apple.configuration.management.status-subscriptions')) continue
    const items = valueAt(declaration.Payload, 'StatusItems')
    for (const item of Array.isArray(items) ? items : []) {
      const name = isJsonObject(item) ? textAt(item, 'Name') : undefined
      if (name !== undefined) names.add(name)
    }
  }
  return [...names].sort()
}
