import type { ItemAnswer } from '@edict/core'

/** Where the value of a term comes from, as the API and a prediction say it. */
export interface ShownOrigin {
  readonly from: 'status' | 'property' | 'bare' | 'impure'
  readonly item?: string | null
  readonly answer?: ItemAnswer
  /** When it was reported, RFC 3339 or milliseconds since 1970. */
  readonly reportedAt?: string | null
  readonly at?: number | null
  readonly declarations?: readonly string[]
}

const answers: Readonly<Record<ItemAnswer, string>> = {
  value: 'reported',
  stale: 'reported, and the device is silent since',
  absent: 'absent: the device reports no value',
  unsupported: 'the device does not have this item: nil or an error, Apple does not say',
  'not-subscribed': 'not subscribed',
  'never-reported': 'never reported',
  given: 'given',
  'not-given': 'not given',
  changing: 'what was reported may hold no longer',
}

/** The same in words. */
export function originText({ from, item, answer, reportedAt, at, declarations }: ShownOrigin): string {
  switch (from) {
    case 'status': {
      if (item === null) return 'no status item: nil or an error, Apple does not say'
      const said = answers[answer ?? 'not-given']
      const when = reportedAt ?? (at === null || at === undefined ? undefined : new Date(at).toISOString())
      if (answer === 'changing' && when !== undefined) return `reported ${when}, which may hold no longer`
      return when === undefined ? said : `${said} ${when}`
    }
    case 'property':
      if (declarations === undefined || declarations.length === 0) return 'property that nothing sets: nil'
      return `property from ${declarations.join(' or ')}`
    case 'bare':
      return 'no status item: write it as @status(…)'
    case 'impure':
      return 'another value each time'
  }
}
