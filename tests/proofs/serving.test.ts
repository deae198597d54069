import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databases } from '../harness/databases.ts'
import { activation, passcodePolicy } from '../harness/declarations.ts'
import { giveSet, putSet } from '../harness/give.ts'
import { ipad, type Wire } from '../harness/wire.ts'
import { openWorld, type World } from '../harness/world.ts'

describe.each(databases)('a device on %s is served from the manifests it was shown', (database) => {
  let world: World
  let device: Wire
  let clock = Date.UTC(2026, 8, 1)
  beforeAll(async () => {
    world = await openWorld(database, { now: () => clock })
    device = ipad(world.url, 'SERVED')
    await device.enroll()
    await putSet(world.admin, 'corp', {
      'corp.passcode': passcodePolicy(6),
      'corp.activation': activation(['corp.passcode']),
    })
    await giveSet(world.admin, 'corp', device.id)
    await device.enable()
  })
  afterAll(() => world.close())

  const passcodeLength = async () => (await device.body('configuration', 'corp.passcode')).Payload.MinimumLength
  const change = (length: number) =>
    world.admin('put-declaration', { params: { identifier: 'corp.passcode' }, body: passcodePolicy(length) })

  it('nothing before it was shown a manifest', async () => {
    expect((await device.fetch('configuration', 'corp.passcode')).status).toBe(404)
  })

  it('the body of the manifest it saw, also after a newer version was committed', async () => {
    const shown = await device.items()
    await change(8)
    expect(await passcodeLength()).toBe(6)
    const body = await device.body('configuration', 'corp.passcode')
    expect(shown.Declarations.Configurations).toContainEqual({
      Identifier: 'corp.passcode',
      ServerToken: body.ServerToken,
    })
  })

  it('the newer body after it collected again', async () => {
    await device.items()
    expect(await passcodeLength()).toBe(8)
  })

  it('what only the manifest before listed, and 404 once two different manifests did not', async () => {
    await world.admin('delete-enrollment-set', { params: { id: device.id, name: 'corp' } })
    await device.items()
    expect((await device.fetch('configuration', 'corp.passcode')).status).toBe(200)
    await device.items()
    expect((await device.fetch('configuration', 'corp.passcode')).status).toBe(200)
    await putSet(world.admin, 'other', { 'other.passcode': passcodePolicy(4) })
    await giveSet(world.admin, 'other', device.id)
    await device.items()
    expect((await device.fetch('configuration', 'corp.passcode')).status).toBe(404)
    expect((await device.fetch('configuration', 'other.passcode')).status).toBe(200)
  })

  it('404 for the right Identifier under another kind', async () => {
    expect((await device.fetch('asset', 'other.passcode')).status).toBe(404)
  })

  it('and is not behind when the answer with a newer manifest was lost and the change then taken back', async () => {
    const first = await device.items()
    await world.admin('put-declaration', { params: { identifier: 'other.passcode' }, body: passcodePolicy(5) })
    await device.items() // its answer never arrives
    await world.admin('put-declaration', { params: { identifier: 'other.passcode' }, body: passcodePolicy(4) })
    const told = await device.tokens()
    expect(told.DeclarationsToken).toBe(first.DeclarationsToken)
    const behind = async () => (await world.admin('get-enrollment', { params: { id: device.id } })).behind
    await world.server.services.store.flush()
    expect(await behind()).toBe(true)
    clock += 2 * 60_000
    expect(await behind()).toBe(false)
  })

  it('and is offered again at once what it was offered before it collected something else', async () => {
    const length = (value: number) =>
      world.admin('put-declaration', { params: { identifier: 'other.passcode' }, body: passcodePolicy(value) })
    await length(7)
    await device.enable()
    await length(8)
    await device.items()
    await length(7)
    const command = await device.connect()
    expect(command?.Command.RequestType).toBe('DeclarativeManagement')
  })
})
