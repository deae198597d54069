import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, databases } from '../harness/databases.ts'
import { activation, passcodePolicy, softwareUpdateSettings, testConfiguration } from '../harness/declarations.ts'
import { giveSet, putSet } from '../harness/give.ts'
import { ipad, type Wire } from '../harness/wire.ts'
import { openWorld, type World } from '../harness/world.ts'

const declarations = {
  'corp.activation': activation(['corp.passcode', 'corp.update']),
  'corp.passcode': passcodePolicy(),
  'corp.update': softwareUpdateSettings,
}

const tokensSeen = new Map<Database, string>()

describe.each(databases)('the DeclarationsToken on %s', (database) => {
  let world: World
  let device: Wire
  beforeAll(async () => {
    world = await openWorld(database)
    device = ipad(world.url, 'ONE')
    await device.enroll()
    const references = Object.entries(declarations).reverse()
    for (const [identifier, body] of references) await world.admin('put-declaration', { params: { identifier }, body })
    await world.admin('put-set', { params: { name: 'corp' }, body: { declarations: Object.keys(declarations) } })
    await giveSet(world.admin, 'corp', device.id)
  })
  afterAll(() => world.close())

  it('is the same over 100 reads', async () => {
    const tokens = new Set<string>()
    for (let read = 0; read < 100; read += 1) tokens.add((await device.tokens()).DeclarationsToken)
    expect(tokens.size).toBe(1)
    tokensSeen.set(database, [...tokens][0] ?? '')
  })

  it('is one string in tokens and in declaration-items', async () => {
    const { DeclarationsToken } = await device.tokens()
    expect((await device.items()).DeclarationsToken).toBe(DeclarationsToken)
    expect(DeclarationsToken.length).toBeLessThanOrEqual(256)
  })

  it('is the same after the same declarations are put again in another order', async () => {
    const before = await device.tokens()
    await world.admin('delete-enrollment-set', { params: { id: device.id, name: 'corp' } })
    await world.admin('delete-set', { params: { name: 'corp' } })
    for (const identifier of ['corp.activation', 'corp.update', 'corp.passcode']) {
      await world.admin('delete-declaration', { params: { identifier } })
    }
    expect((await device.tokens()).DeclarationsToken).not.toBe(before.DeclarationsToken)
    for (const identifier of ['corp.update', 'corp.passcode', 'corp.activation'] as const) {
      await world.admin('put-declaration', { params: { identifier }, body: declarations[identifier] })
    }
    await world.admin('put-set', {
      params: { name: 'corp' },
      body: { declarations: Object.keys(declarations).reverse() },
    })
    await giveSet(world.admin, 'corp', device.id)
    expect((await device.tokens()).DeclarationsToken).toBe(before.DeclarationsToken)
  })

  it('comes back when a change is reverted, while Timestamp never goes back', async () => {
    const first = await device.tokens()
    const seen = [first.Timestamp]
    for (const length of [8, 10, 6]) {
      await world.admin('put-declaration', { params: { identifier: 'corp.passcode' }, body: passcodePolicy(length) })
      seen.push((await device.tokens()).Timestamp)
    }
    expect((await device.tokens()).DeclarationsToken).toBe(first.DeclarationsToken)
    expect(seen).toEqual([...seen].sort())
  })

  it('keeps Timestamp in whole seconds and growing over moves between cohorts', async () => {
    await putSet(world.admin, 'extra', { 'extra.test': testConfiguration('extra') })
    const seen: string[] = []
    for (let round = 0; round < 3; round += 1) {
      await giveSet(world.admin, 'extra', device.id)
      seen.push((await device.tokens()).Timestamp)
      await world.admin('delete-enrollment-set', { params: { id: device.id, name: 'extra' } })
      seen.push((await device.tokens()).Timestamp)
    }
    expect(seen).toEqual([...new Set(seen)].sort())
    for (const Timestamp of seen) expect(Timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
  })
})

describe('the DeclarationsToken of the same declarations', () => {
  it('is the same on SQLite and on PostgreSQL', () => {
    expect(tokensSeen.get('sqlite')).toMatch(/^[0-9a-f]{64}\.[0-9a-f]{64}$/)
    expect(tokensSeen.get('postgres')).toBe(tokensSeen.get('sqlite'))
  })
})
