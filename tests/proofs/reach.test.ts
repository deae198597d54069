import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databases } from '../harness/databases.ts'
import { activation, passcodePolicy } from '../harness/declarations.ts'
import { wire } from '../harness/wire.ts'
import { openWorld, type World } from '../harness/world.ts'

const regex = { Type: 'com.apple.configuration.passcode.settings', Payload: { CustomRegex: { Regex: '.*' } } }

describe.each(databases)('what a commit says of whom it reaches, on %s', (database) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(database)
    const device = (UDID: string) => wire(world.url, { keys: { UDID } })
    await device('REACHED-IPAD').enroll({ ProductName: 'iPad13,1', OSVersion: '26.4' })
    await device('REACHED-MAC').enroll({ ProductName: 'Mac15,3', OSVersion: '26.4' })
    await world.admin('put-group', {
      params: { name: 'all' },
      body: { enrollments: ['REACHED-IPAD', 'REACHED-MAC'] },
    })
    await put('p', passcodePolicy())
    await put('on', activation(['p']))
    await world.admin('put-set', { params: { name: 'base' }, body: { declarations: ['on'] } })
    await world.admin('put-group-set', { params: { name: 'all', set: 'base' } })
  })
  afterAll(() => world.close())

  const put = (identifier: string, body: object) =>
    world.admin('put-declaration', { params: { identifier }, body: body as never })

  it('is a warning that names the target, for a key that one of several does not have', async () => {
    const { problems } = await put('p', regex)
    expect(problems).toMatchObject([{ code: 'payload-key-unavailable', severity: 'warning' }])
    expect(problems[0]?.message).toMatch(/on iOS .*CustomRegex/)
    await put('p', passcodePolicy())
  })

  it('is a warning for a status item that one of several does not have', async () => {
    const { problems } = await put('on', activation(['p'], '@status(passcode.is-compliant) == TRUE'))
    expect(problems).toMatchObject([{ code: 'item-unavailable-on-target', severity: 'warning' }])
    expect(problems[0]?.message).toContain('on macOS')
    await put('on', activation(['p']))
  })

  it('is told of sets, groups and enrollments that are given what they cannot have', async () => {
    await put('regex', regex)
    await put('regex.on', activation(['regex']))
    const set = { params: { name: 'macs' }, body: { declarations: ['regex.on'] } }
    expect((await world.admin('put-set', set)).problems).toEqual([])
    const found = [{ code: 'payload-key-unavailable', severity: 'warning', by: ['regex'] }]
    const given = await world.admin('put-enrollment-set', { params: { id: 'REACHED-IPAD', name: 'macs' } })
    expect(given.problems).toMatchObject(found)
    const right = await world.admin('put-enrollment-set', { params: { id: 'REACHED-MAC', name: 'macs' } })
    expect(right.problems).toEqual([])
    await world.admin('delete-enrollment-set', { params: { id: 'REACHED-IPAD', name: 'macs' } })
    await world.admin('put-group', { params: { name: 'some' }, body: { enrollments: [] } })
    await world.admin('put-group-set', { params: { name: 'some', set: 'macs' } })
    const joined = { params: { name: 'some' }, body: { enrollments: ['REACHED-IPAD'] } }
    expect((await world.admin('put-group', joined)).problems).toMatchObject(found)
  })

  it('knows what enrollments have as properties, in one question', async () => {
    const coaches = activation(['p'], '@property(coach) == TRUE')
    expect((await put('coaches', coaches)).problems).toMatchObject([
      { code: 'property-set-nowhere', severity: 'warning', found: 'coach' },
    ])
    await world.admin('put-properties', { params: { id: 'REACHED-IPAD' }, body: { coach: true } })
    expect((await put('coaches', activation(['p'], '@property(coach) == FALSE'))).problems).toEqual([])
  })
})
