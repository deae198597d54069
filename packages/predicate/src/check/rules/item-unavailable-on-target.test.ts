import { describe, expect, it } from 'vitest'
import { findings } from '../../testing/findings.ts'
import { itemUnavailableOnTarget } from './item-unavailable-on-target.ts'

const found = findings(itemUnavailableOnTarget, {
  unavailableOn: (name) => (name.startsWith('passcode.') ? ['macOS 15.0'] : []),
})

describe('an item that a target does not have', () => {
  it.each(["@status(device.model.family) == 'iPad'"])('has nothing to say about %s', (source) =>
    expect(found(source)).toEqual([]),
  )

  it.each([
    [
      '@status(passcode.is-present) == TRUE',
      'item-unavailable-on-target',
      'warning',
      1,
      'on macOS 15.0: there @status(passcode.is-present) == TRUE is false',
    ],
    ['NOT (@status(passcode.is-present) != TRUE)', 'item-unavailable-on-target', 'warning', 6, 'is true'],
    [
      '@status(passcode.is-present) == @property(wanted)',
      'item-unavailable-on-target',
      'warning',
      1,
      'it is nil there',
    ],
  ])('finds in %s: %s', (source, code, severity, column, shown) => {
    const [problem, ...more] = found(source)
    expect(more).toEqual([])
    expect(problem).toMatchObject({ code, severity, at: { column } })
    expect(`${problem?.message} | ${problem?.rewrite}`).toContain(shown)
  })
})
