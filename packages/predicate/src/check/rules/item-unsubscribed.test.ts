import { describe, expect, it } from 'vitest'
import { findings } from '../../testing/findings.ts'
import { itemUnsubscribed } from './item-unsubscribed.ts'

const found = findings(itemUnsubscribed, { isSubscribed: (name) => name.startsWith('device.') })

describe('an item without a subscription', () => {
  it.each(["@status(device.model.family) == 'iPad'", '@property(a) == 1'])('has nothing to say about %s', (source) =>
    expect(found(source)).toEqual([]),
  )

  it.each([
    ['@status(passcode.is-present) == TRUE', 'item-unsubscribed', 'warning', 1, 'passcode.is-present'],
    [
      'SUBQUERY(@status(management.declarations.assets), $a, $a.@key(active) == TRUE).@count > 0',
      'item-unsubscribed',
      'warning',
      10,
      'management.declarations',
    ],
  ])('finds in %s: %s', (source, code, severity, column, shown) => {
    const [problem, ...more] = found(source)
    expect(more).toEqual([])
    expect(problem).toMatchObject({ code, severity, at: { column } })
    expect(`${problem?.message} | ${problem?.rewrite}`).toContain(shown)
  })
})
