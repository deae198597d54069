import type { ItemAnswer, Origin } from '@edict/core'

const answers: Readonly<Record<ItemAnswer, string>> = {
  value: 'reported',
  stale: 'reported, and silent since',
  absent: 'absent: the device reports no value',
  unsupported: 'the device does not have this item: nil or an error, Apple does not say',
  'not-subscribed': 'not subscribed',
  'never-reported': 'never reported',
  given: 'given',
  'not-given': 'not given',
  changing: 'what was reported may hold no longer',
}

/** Where a value comes from, for people. */
export function originText(origin: Origin): string {
  switch (origin.from) {
    case 'status': {
      if (origin.item === null) return 'no status item'
      return origin.at === null
        ? answers[origin.answer]
        : `${answers[origin.answer]} ${new Date(origin.at).toISOString()}`
    }
    case 'property': {
      const [first, ...others] = origin.declarations
      if (first === undefined) return 'property that nothing sets'
      return others.length === 0 ? `property from ${first}` : `property from ${[first, ...others].join(' or ')}`
    }
    case 'bare':
      return 'no status item: write it as @status(…)'
    case 'impure':
      return 'another value each time'
  }
}
