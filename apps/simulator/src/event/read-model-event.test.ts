import { describe, expect, it } from 'vitest'
import { readModelEvent } from './read-model-event.ts'

describe('a model event', () => {
  it.each([
    { type: 'passcode.comply' },
    { type: 'passcode.set', present: true },
    { type: 'passcode.set', present: true, compliant: false },
    { type: 'account.set', declaration: 'mail', key: 'are-notes-enabled', value: null },
    { type: 'battery.set', level: 0.5 },
    { type: 'lock' },
  ])('is taken as it is: $type', (event) => {
    expect(readModelEvent(event)).toEqual(event)
  })

  it.each([
    [null, 'event-malformed', undefined],
    [['lock'], 'event-malformed', undefined],
    [{}, 'key-missing', 'type'],
    [{ type: 7 }, 'event-unknown', 'type'],
    [{ type: 'toString' }, 'event-unknown', 'type'],
    [{ type: 'passcode.set' }, 'key-missing', 'present'],
    [{ type: 'passcode.set', present: 'yes' }, 'value-unfit', 'present'],
    [{ type: 'app.delete', bundleId: '' }, 'value-unfit', 'bundleId'],
    [{ type: 'battery.set', level: '80 %' }, 'value-unfit', 'level'],
    [{ type: 'lock', now: true }, 'key-unknown', 'now'],
  ])('is refused with the place: %j', (value, code, at) => {
    expect(() => readModelEvent(value)).toThrow(expect.objectContaining({ name: 'EventError', code, at }))
  })

  it('that nobody knows is answered with the nearest one', () => {
    expect(() => readModelEvent({ type: 'passcode.complies' })).toThrow(
      'found "passcode.complies", expected passcode.comply, or',
    )
  })
})
