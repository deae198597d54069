import { statusItems } from '@edict/catalogue'
import { PredicateError, parse, statusNames } from '@edict/predicate'
import { isJsonObject, type Json } from '@edict/protocol'
import type { Declared } from '../../declared.ts'
import { warning } from '../../problem.ts'
import { type DeclarationVersion, payloadOf, SUBSCRIPTION_TYPE } from '../declaration.ts'
import { worthSubscribing } from '../generated.ts'
import type { Rule } from '../rule.ts'

/**
 * A status item in a predicate that nothing subscribes to: it may change without a report, and nobody sees why the
 * activation is what it is.
 *
 * @see apple:declarative/declarations/configurations/management.status-subscriptions.yaml
 */
export const predicateItemUnsubscribed: Rule = ({ draft, version, before }) => {
  const source = version.kind === 'activation' ? draft.payload.Predicate : undefined
  if (typeof source !== 'string') return []
  const subscribed = subscriptions(before)
  return [...new Set(namesIn(source).flatMap(itemOf))]
    .filter((name) => !subscribed.has(name) && !(before.settings.subscription.enabled && worthSubscribing(name)))
    .map((name) =>
      warning(
        'predicate-item-unsubscribed',
        `Cannot follow ${name}: a predicate asks for it and nothing subscribes to it`,
        {
          at: '/Payload/Predicate',
          found: name,
          expected: 'a status item with a subscription',
          remedy: `list ${name} in a ${SUBSCRIPTION_TYPE}, or let Edict subscribe by itself`,
        },
      ),
    )
}

/** The status item that a name in a predicate is about: it may go on with keys inside the item. */
function itemOf(name: string): readonly string[] {
  const steps = name.split('.')
  for (let length = steps.length; length > 0; length--) {
    const item = steps.slice(0, length).join('.')
    if (statusItems.has(item)) return [item]
  }
  return []
}

function subscriptions({ declarations }: Declared): ReadonlySet<string> {
  const all = [...declarations.values()].filter(({ type }) => type === SUBSCRIPTION_TYPE)
  return new Set(all.flatMap(subscribedBy))
}

function subscribedBy(version: DeclarationVersion): readonly string[] {
  const items: Json | undefined = payloadOf(version).StatusItems
  if (!Array.isArray(items)) return []
  return items.flatMap((item: Json) => (isJsonObject(item) && typeof item.Name === 'string' ? [item.Name] : []))
}

function namesIn(source: string): readonly string[] {
  try {
    return statusNames(parse(source))
  } catch (error) {
    if (error instanceof PredicateError) return []
    throw error
  }
}
