import type { Json, JsonObject } from '@edict/protocol'
import { describe, expect, it } from 'vitest'
import { readFixture } from './fixture.ts'

const one = (test: JsonObject, more: JsonObject = {}): Json => ({ tests: [{ name: 'one', ...test }], ...more })
const read = (value: Json) => readFixture(value, 'a.test.json')
const expected = { expect: { active: [] } }

describe('readFixture', () => {
  it('takes a test without steps as one step, and gives everything by itself', () => {
    const { declarations, sets, tests } = read(one(expected))
    expect({ declarations, sets }).toEqual({ declarations: ['.'], sets: null })
    expect(tests).toMatchObject([{ name: 'one', device: { kind: 'ipad', channel: 'device' }, steps: [{ name: null }] }])
  })

  it('lets a test say more of the device than the fixture does', () => {
    const { tests } = read(one({ ...expected, device: { channel: 'user' } }, { device: { kind: 'mac' } }))
    expect(tests[0]?.device).toMatchObject({ kind: 'mac', channel: 'user' })
  })

  it('reads times, and reasons of what is inactive', () => {
    const steps = [{ after: '90s' }, { after: '1d', expect: { inactive: { wifi: 'Info.Predicate' } } }]
    const [test] = read(one({ steps, expect: { inactive: ['x'] } })).tests
    expect(test?.steps.map(({ after }) => after)).toEqual([0, 90_000, 86_400_000])
    expect(test?.steps.map(({ expect: wanted }) => wanted && [...wanted.inactive])).toEqual([
      [['x', null]],
      null,
      [['wifi', 'Info.Predicate']],
    ])
  })

  it.each<[string, Json]>([
    ['tests is empty', {}],
    ['it is not a JSON object', []],
    ['name is missing, expected a text', { tests: [{}] }],
    ['nothing is expected', one({})],
    ['kind is "toaster", expected ipad', one({ ...expected, device: { kind: 'toaster' } })],
    ['channel is "both", expected device or user', one({ ...expected, device: { channel: 'both' } })],
    ['after is "soon", expected a time such as 90s', one({ ...expected, after: 'soon' })],
    ['expct means nothing here', one({ ...expected, steps: [{ expct: {} }] })],
    ['active is "wifi", expected a list of texts', one({ expect: { active: 'wifi' } })],
  ])('says where and why: %s', (message, value) => {
    expect(() => read(value)).toThrow(message)
  })

  it('says what was probably meant', () => {
    expect(() => read(one({ ...expected, propertys: {} }))).toThrow(
      expect.objectContaining({ remedy: 'write properties' }),
    )
  })
})
