import { describe, expect, it } from 'vitest'
import { capabilitiesOf } from '../testing/channel-of.ts'
import { QUIET } from '../testing/declared-of.ts'
import { payloadOf, RESERVED_PREFIX } from './declaration.ts'
import { generatedDeclarations, ORGANIZATION, SUBSCRIPTION, SUBSCRIPTION_ACTIVATION } from './generated.ts'

const on = { subscription: { enabled: true } }
const made = (names: string[], settings: Parameters<typeof generatedDeclarations>[0] = on) =>
  generatedDeclarations(settings, capabilitiesOf({}, names))

describe('the status subscription that Edict makes', () => {
  it('asks for all that devices say they support, less test values, push secrets and enhanced logging', () => {
    const names = ['test.string-value', 'passcode.is-present', 'mdm.push-token', 'mdm.app', 'enhanced-logging.status']
    const [subscription, activation] = made(names)
    expect(subscription).toMatchObject({ identifier: SUBSCRIPTION, kind: 'configuration' })
    expect(subscription && payloadOf(subscription)).toEqual({
      StatusItems: [{ Name: 'mdm.app' }, { Name: 'passcode.is-present' }],
    })
    expect(activation).toMatchObject({ identifier: SUBSCRIPTION_ACTIVATION, kind: 'activation' })
    expect(activation && payloadOf(activation)).toEqual({ StandardConfigurations: [SUBSCRIPTION] })
  })

  it('is the same in whatever order, and however often, a device lists its items', () => {
    expect(made(['mdm.app', 'a.b', 'mdm.app'])).toEqual(made(['a.b', 'mdm.app']))
  })

  it('waits for the first report, and is nothing when nothing is worth asking for', () => {
    expect(generatedDeclarations(on, null)).toEqual([])
    expect(made(['test.string-value'])).toEqual([])
    expect(made(['mdm.app'], QUIET)).toEqual([])
  })
})

it('tells devices the organization, when there is one', () => {
  const [organization] = generatedDeclarations({ ...QUIET, organization: { Name: 'Example School' } }, null)
  expect(organization).toMatchObject({
    identifier: ORGANIZATION,
    kind: 'management',
    payload: '{"Name":"Example School"}',
  })
})

it('names what it makes so that administrators cannot', () => {
  const all = generatedDeclarations({ ...on, organization: { Name: 'X' } }, capabilitiesOf({}, ['mdm.app']))
  expect(all.every(({ identifier }) => identifier.startsWith(RESERVED_PREFIX))).toBe(true)
})
