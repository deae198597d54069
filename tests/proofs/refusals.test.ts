import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databases } from '../harness/databases.ts'
import { activation, passcodePolicy, properties, testConfiguration } from '../harness/declarations.ts'
import { giveSet, putSet } from '../harness/give.ts'
import { ipad, type Wire } from '../harness/wire.ts'
import { openWorld, type World } from '../harness/world.ts'

describe.each(databases)('a write that cannot be on %s', (database) => {
  let world: World
  let device: Wire
  beforeAll(async () => {
    world = await openWorld(database)
    device = ipad(world.url, 'REFUSED')
    await device.enroll()
    await putSet(world.admin, 'base', {
      'base.passcode': passcodePolicy(),
      'base.activation': activation(['base.passcode']),
    })
  })
  afterAll(() => world.close())

  const refusedPut = (identifier: string, body: { Type: string; Payload: object } & Record<string, unknown>) =>
    world.admin.refused('put-declaration', { params: { identifier }, body: body as never })

  it.each([
    ['a Type without a known kind', 'x.type', { Type: 'com.example.thing', Payload: {} }, 'type-unknown'],
    [
      'an Identifier with a slash',
      'x/y',
      { Type: 'com.apple.configuration.management.test', Payload: {} },
      'identifier-malformed',
    ],
    [
      'an Identifier of 65 octets',
      'x'.repeat(65),
      { Type: 'com.apple.configuration.management.test', Payload: {} },
      'identifier-malformed',
    ],
    [
      "an Identifier of Edict's own",
      'edict.mine',
      { Type: 'com.apple.configuration.management.test', Payload: {} },
      'identifier-reserved',
    ],
    ['a reference to nothing', 'x.ref', activation(['nothing.there']), 'reference-missing'],
    ['an activation of an activation', 'x.act', activation(['base.activation']), 'activation-references'],
    [
      'a Predicate beside Payload',
      'x.pred',
      { ...activation(['base.passcode']), Predicate: '1 == 1' },
      'predicate-misplaced',
    ],
    [
      'a predicate that does not parse',
      'x.pred',
      activation(['base.passcode'], '@status(passcode.is-present) =='),
      'syntax',
    ],
    [
      'a status item that does not exist',
      'x.pred',
      activation(['base.passcode'], '@status(passcode.is-presen) == TRUE'),
      'unknown-status-item',
    ],
    [
      'AND beside OR without parentheses',
      'x.pred',
      activation(['base.passcode'], '1 == 1 OR 2 == 2 AND 3 == 3'),
      'mixed-and-or',
    ],
  ])('%s is refused with its code', async (_, identifier, body, code) => {
    const problem = await refusedPut(identifier, body as never)
    expect([problem.status, problem.code]).toEqual([422, code])
    expect(problem.detail).toMatch(/^Cannot /)
  })

  it('deleting what is in use is refused with who uses it', async () => {
    const problem = await world.admin.refused('delete-declaration', { params: { identifier: 'base.passcode' } })
    expect(problem).toMatchObject({ status: 409, code: 'declaration-in-use' })
    expect(problem.by).toEqual(['set base', 'activation base.activation'])
    await giveSet(world.admin, 'base', device.id)
    const set = await world.admin.refused('delete-set', { params: { name: 'base' } })
    expect(set).toMatchObject({ status: 409, code: 'set-in-use', by: [`enrollment ${device.id}`] })
  })

  it('a commit on a revision that moved is 412, on the current one it goes through', async () => {
    const { revision } = await world.admin('put-declaration', {
      params: { identifier: 'moved' },
      body: testConfiguration('one'),
    })
    const old = {
      params: { identifier: 'moved' },
      body: testConfiguration('two'),
      headers: { 'if-match': `"${revision - 1}"` },
    } as const
    expect(await world.admin.refused('put-declaration', old)).toMatchObject({ status: 412, code: 'revision-moved' })
    const current = { ...old, headers: { 'if-match': `"${revision}"` } }
    expect((await world.admin('put-declaration', current)).revision).toBe(revision + 1)
  })

  it('a property key from two sources is refused with 409 at every door, naming both', async () => {
    await putSet(world.admin, 'p1', { 'p1.properties': properties({ room: '1' }) })
    await putSet(world.admin, 'p2', { 'p2.properties': properties({ room: '2' }), 'p2.more': testConfiguration('p2') })
    const other = ipad(world.url, 'PROPERTIES')
    await other.enroll()
    await giveSet(world.admin, 'p1', other.id)
    const expected = { status: 409, code: 'conflict-properties' }

    const given = await world.admin.refused('put-enrollment-set', { params: { id: other.id, name: 'p2' }, body: {} })
    expect(given).toMatchObject(expected)
    expect(given.by).toEqual(['p1.properties', 'p2.properties'])

    const own = await world.admin.refused('put-properties', { params: { id: other.id }, body: { room: '3' } })
    expect(own).toMatchObject(expected)
    expect(own.by).toEqual(['p1.properties', `edict.properties of ${other.id}`])

    const bulk = { items: [{ enrollment: other.id, properties: { room: '3' } }] }
    expect(await world.admin.refused('post-properties', { body: bulk })).toMatchObject(expected)

    await world.admin('put-group', { params: { name: 'rooms' }, body: { enrollments: [] } })
    await world.admin('put-group-set', { params: { name: 'rooms', set: 'p2' }, body: {} })
    expect(
      await world.admin.refused('put-group', { params: { name: 'rooms' }, body: { enrollments: [other.id] } }),
    ).toMatchObject(expected)

    await world.admin('put-group', { params: { name: 'empty' }, body: { enrollments: [other.id] } })
    expect(
      await world.admin.refused('put-group-set', { params: { name: 'empty', set: 'p2' }, body: {} }),
    ).toMatchObject(expected)

    await world.admin('put-properties', { params: { id: other.id }, body: { seat: '9' } })
    const grown = { params: { identifier: 'p1.properties' }, body: properties({ room: '1', seat: '1' }) }
    expect(await world.admin.refused('put-declaration', grown)).toMatchObject(expected)

    await world.admin('put-declaration', { params: { identifier: 'p3.properties' }, body: properties({ seat: '2' }) })
    const set = { params: { name: 'p1' }, body: { declarations: ['p1.properties', 'p3.properties'] } }
    expect(await world.admin.refused('put-set', set)).toMatchObject(expected)

    const moved = ipad(world.url, 'MOVED')
    await moved.enroll()
    await world.admin('put-properties', { params: { id: moved.id }, body: { room: '4' } })
    expect(await world.admin.refused('move-enrollment', { params: { id: moved.id, other: other.id } })).toMatchObject(
      expected,
    )
  })

  it('without a token is 401, with a wrong one too', async () => {
    expect((await fetch(`${world.url}/api/v1/sets`)).status).toBe(401)
    expect((await fetch(`${world.url}/api/v1/sets`, { headers: { authorization: 'Bearer wrong' } })).status).toBe(401)
  })

  it('an enrollment that does not exist is 404 with its code', async () => {
    const problem = await world.admin.refused('get-conditions', { params: { id: 'NOBODY' } })
    expect(problem).toMatchObject({ status: 404, code: 'enrollment-missing', found: 'NOBODY' })
  })

  it('every write leaves an audit entry, a refused one none', async () => {
    const before = (await world.admin('list-audit')).items.length
    await world.admin('put-declaration', { params: { identifier: 'audited' }, body: testConfiguration('audited') })
    await refusedPut('audited', { Type: 'com.example.thing', Payload: {} })
    const { items } = await world.admin('list-audit')
    expect(items.length).toBe(before + 1)
    expect(items[0]).toMatchObject({ action: 'put-declaration', target: 'declarations/audited' })
  })
})
