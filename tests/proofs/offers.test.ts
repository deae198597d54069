import type { ConnectMessage, IdentityKeys } from '@edict/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databases } from '../harness/databases.ts'
import { testConfiguration } from '../harness/declarations.ts'
import { giveSet, putSet } from '../harness/give.ts'
import { ipad } from '../harness/wire.ts'
import { openWorld, type World } from '../harness/world.ts'

const MINUTE = 60_000

describe.each(databases)('the offer of DeclarativeManagement on %s', (database) => {
  let world: World
  let clock = Date.UTC(2026, 8, 1)
  beforeAll(async () => {
    world = await openWorld(database, { now: () => clock })
    await putSet(world.admin, 'offered', { 'offered.test': testConfiguration('offered') })
  })
  afterAll(() => world.close())

  const enrolled = async (name: string) => {
    const device = ipad(world.url, name)
    await device.enroll()
    return device
  }
  const answer = (CommandUUID: string, Status: 'Acknowledged' | 'NotNow' | 'Error') =>
    ({ Status, CommandUUID, response: {} }) as Omit<ConnectMessage, keyof IdentityKeys>

  it('keeps its UUID until it is answered, and carries the tokens as Data', async () => {
    const device = await enrolled('KEEPS')
    const first = await device.connect()
    const again = await device.connect()
    expect(again?.CommandUUID).toBe(first?.CommandUUID)
    const data = JSON.parse(Buffer.from(first?.Command.Data as Uint8Array).toString())
    expect(data.SyncTokens).toEqual(await device.tokens())
  })

  it('gets a new UUID for another token; a late answer to the old one enables, nothing more', async () => {
    const device = await enrolled('LATE')
    const first = await device.connect()
    await giveSet(world.admin, 'offered', device.id)
    const second = await device.connect()
    expect(second?.CommandUUID).not.toBe(first?.CommandUUID)
    const third = await device.connect(answer(first?.CommandUUID ?? '', 'Acknowledged'))
    expect(third?.CommandUUID).toBe(second?.CommandUUID)
    expect(await world.admin('get-enrollment', { params: { id: device.id } })).toMatchObject({
      enabled: true,
      told: null,
      behind: true,
    })
  })

  it('comes again 15, 30, 60 minutes after a device acknowledged it and collected nothing', async () => {
    const device = await enrolled('SLOW')
    let offer = await device.connect()
    for (const wait of [15, 30, 60]) {
      expect(await device.connect(answer(offer?.CommandUUID ?? '', 'Acknowledged'))).toBeNull()
      clock += wait * MINUTE - 1
      expect(await device.connect()).toBeNull()
      clock += 1
      const next = await device.connect()
      expect(next?.Command.RequestType).toBe('DeclarativeManagement')
      expect(next?.CommandUUID).not.toBe(offer?.CommandUUID)
      offer = next
    }
  })

  it('waits for the next Idle after NotNow', async () => {
    const device = await enrolled('NOTNOW')
    const offer = await device.connect()
    expect(await device.connect(answer(offer?.CommandUUID ?? '', 'NotNow'))).toBeNull()
    expect((await device.connect())?.CommandUUID).toBe(offer?.CommandUUID)
  })

  it('is made regardless after a resync', async () => {
    const device = await enrolled('RESYNC')
    await device.enable()
    await device.items()
    expect(await device.connect()).toBeNull()
    await world.admin('resync-enrollment', { params: { id: device.id } })
    const offer = await device.connect()
    expect(offer?.Command.RequestType).toBe('DeclarativeManagement')
    expect(await device.connect(answer(offer?.CommandUUID ?? '', 'Acknowledged'))).toBeNull()
  })

  it('is not made to a device whose OS has no declarative management', async () => {
    const device = ipad(world.url, 'OLD')
    await device.enroll({ ProductName: 'iPad2,5', OSVersion: '9.3.5' })
    expect(await device.connect()).toBeNull()
  })

  it('a result with an unknown CommandUUID is answered 200', async () => {
    const device = await enrolled('UNKNOWN')
    await device.enable()
    await device.items()
    expect(await device.connect(answer('NEVER-SENT', 'Acknowledged'))).toBeNull()
  })
})
