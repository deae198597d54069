import type { Device } from '@edict/device'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databases } from '../harness/databases.ts'
import { activation, legacyProfile, passcodePolicy } from '../harness/declarations.ts'
import { eventually } from '../harness/eventually.ts'
import { putSet } from '../harness/give.ts'
import { viewOf } from '../harness/witness.ts'
import { openWorld, type World } from '../harness/world.ts'

const PREDICATE = '(@status(passcode.is-compliant) == TRUE) AND ("Lower" IN @property(roles))'

describe.each(databases)('what is explained on %s', (database) => {
  let world: World
  let ipad: Device
  beforeAll(async () => {
    world = await openWorld(database)
    ipad = await world.enroll({ kind: 'ipad' })
    await putSet(world.admin, 'secure-wifi', {
      passcode: passcodePolicy(),
      'passcode.on': activation(['passcode']),
      wifi: legacyProfile('wifi'),
      'wifi.on': activation(['wifi'], PREDICATE),
    })
    await putSet(world.admin, 'unused', { lonely: legacyProfile('lonely') })
    await world.admin('put-group', { params: { name: 'teachers' }, body: { enrollments: [ipad.id] } })
    await world.admin('put-group-set', { params: { name: 'teachers', set: 'secure-wifi' }, body: {} })
    await world.admin('put-properties', { params: { id: ipad.id }, body: { roles: ['Lower'] } })
    await world.inSync(ipad)
  })
  afterAll(() => world.close())

  const explained = async (declaration?: string) => {
    const query = declaration === undefined ? {} : { declaration }
    return (await world.admin('explain-enrollment', { params: { id: ipad.id }, query })).items
  }

  it('goes from the set to the condition, with the value of every part and where it comes from', async () => {
    const [wifi, on] = await explained('wifi')
    expect(wifi).toMatchObject({
      identifier: 'wifi',
      sets: [{ set: 'secure-wifi', via: [], counts: true, given: [{ from: 'group:teachers', exclude: false }] }],
      expected: 'inactive',
      because: { code: 'users-inactive', of: ['wifi.on'] },
      condition: { condition: 'inactive', reason: { code: 'Info.Predicate' } },
    })
    expect(on?.predicate).toMatchObject({ source: PREDICATE, outcomes: ['false'] })
    expect(on?.predicate?.tree?.operands).toMatchObject([
      {
        outcomes: ['false'],
        decides: true,
        reached: true,
        parts: [
          {
            text: '@status(passcode.is-compliant)',
            value: false,
            origin: { from: 'status', answer: 'value', reportedAt: expect.stringMatching(/Z$/) },
          },
        ],
      },
      {
        outcomes: ['true'],
        decides: false,
        reached: false,
        parts: [{ value: ['Lower'], origin: { from: 'property', declarations: ['edict.properties'] } }],
      },
    ])
  })

  it('expects of every declaration what the device says of it', async () => {
    const agree = async () => {
      const { activations, declarations } = viewOf(ipad)
      const active = new Map([...activations, ...declarations.configuration].map((one) => [one.identifier, one.active]))
      for (const { identifier, kind, expected } of await explained()) {
        if (kind !== 'management')
          expect([identifier, expected === 'active']).toEqual([identifier, active.get(identifier)])
      }
    }
    await agree()
    ipad.model.satisfyPasscode()
    await eventually(
      'the Wi-Fi is in force',
      async () => (await explained('wifi'))[0]?.condition?.condition === 'in-force',
    )
    await agree()
    expect((await explained('wifi'))[0]).toMatchObject({ expected: 'active', because: { code: 'in-use' } })
  })

  it('says why a declaration is not there, and that one does not exist', async () => {
    expect(await explained('lonely')).toMatchObject([
      { sets: [{ set: 'unused', counts: false, given: [] }], serverToken: null, expected: null, condition: null },
    ])
    const refused = await world.admin.refused('explain-enrollment', {
      params: { id: ipad.id },
      query: { declaration: 'nonsense' },
    })
    expect(refused).toMatchObject({ status: 404, code: 'declaration-missing' })
    expect(await world.admin.refused('explain-enrollment', { params: { id: 'nobody' } })).toMatchObject({ status: 404 })
  })

  it('leaves unknown what the device has not reported', async () => {
    const bare = await world.make({ kind: 'iphone' })
    await bare.enroll()
    await world.admin('put-enrollment-set', { params: { id: bare.id, name: 'secure-wifi' }, body: {} })
    const { items } = await world.admin('explain-enrollment', {
      params: { id: bare.id },
      query: { declaration: 'wifi.on' },
    })
    expect(items[0]).toMatchObject({
      condition: { condition: 'waiting' },
      predicate: { tree: { operands: [{ outcomes: ['true', 'false', 'error'] }, { outcomes: ['false'] }] } },
    })
  })
})
