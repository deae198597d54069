import { enrollmentIdentity, sharedIPadUserID } from '@edict/protocol'
import { describe, expect, it } from 'vitest'
import { type DeviceKind, deviceKinds } from './device-kind.ts'
import { status } from './testing/scripted-server.ts'
import { stage } from './testing/stage.ts'

describe('enrollment', () => {
  it.each(deviceKinds)('of %s: Authenticate, then a TokenUpdate for each channel', async (kind) => {
    const { server, device } = await stage({ kind })
    const [authenticate, ...updates] = server.checkIns
    expect(authenticate).toMatchObject({ MessageType: 'Authenticate', OSVersion: expect.any(String) })
    expect(updates.map((message) => [message.MessageType, enrollmentIdentity(message).id])).toEqual(
      device.channels().map(({ id }) => ['TokenUpdate', id]),
    )
  })

  it.each<[DeviceKind, string]>([
    ['mac', 'mac-user'],
    ['shared-ipad', 'shared-ipad-user'],
    ['byod-iphone', 'user-enrollment'],
    ['byod-mac', 'user-enrollment-user'],
    ['ipad', 'device'],
  ])('of %s sends the identity keys of a %s', async (kind, shape) => {
    const { server } = await stage({ kind })
    const last = server.checkIns.at(-1)
    expect(last === undefined ? null : enrollmentIdentity(last).shape).toBe(shape)
  })

  it('of a user keeps UDID and serial number from the server', async () => {
    const { server, device } = await stage({ kind: 'byod-iphone' })
    for (const message of server.checkIns) {
      expect(Object.keys(message)).not.toContain('UDID')
      expect(Object.keys(message)).not.toContain('SerialNumber')
    }
    expect(device.inspect().channels[0]?.status).not.toHaveProperty(['device.identifier.serial-number'])
  })

  it('of a Shared iPad names its users by UserShortName beside the constant UserID', async () => {
    const { server } = await stage({ kind: 'shared-ipad', users: ['kim@school.example'] })
    expect(server.checkIns.at(-1)).toMatchObject({ UserID: sharedIPadUserID, UserShortName: 'kim@school.example' })
  })

  it('brings a new Token and PushMagic each time, and the same ones for the same seed', async () => {
    const one = await stage()
    const first = one.device.channels()[0]?.pushToken
    const other = await stage()
    expect(other.device.channels()[0]?.pushToken).toBe(first)
    await one.device.enroll()
    expect(one.device.channels()[0]?.pushToken).not.toBe(first)
    const magics = one.server.checkIns.flatMap((message) =>
      message.MessageType === 'TokenUpdate' ? message.PushMagic : [],
    )
    expect(new Set(magics).size).toBe(2)
  })

  it('sometimes leaves out AwaitingConfiguration', async () => {
    const { server, device } = await stage({ switches: { omitAwaitingConfiguration: 0.5 } })
    for (let times = 0; times < 20; times++) await device.enroll()
    const said = server.checkIns
      .filter(({ MessageType }) => MessageType === 'TokenUpdate')
      .map((each) => 'AwaitingConfiguration' in each)
    expect(new Set(said)).toEqual(new Set([true, false]))
  })

  it('that is refused says so, and leaves nothing', async () => {
    const { server, device } = await stage()
    server.intercept = (endpoint) => (endpoint === 'TokenUpdate' ? status(400) : undefined)
    await expect(device.enroll()).rejects.toMatchObject({ code: 'enrollment-refused', found: 400, at: 'TokenUpdate' })
    expect(device.inspect().enrolled).toBe(false)
  })

  it('ends with CheckOut, and everything it brought is gone', async () => {
    const { server, device, sync, view } = await stage()
    server.subscribe('passcode.is-present')
    await sync()
    expect(view().held).toHaveLength(2)
    await device.checkOut()
    expect(server.checkIns.at(-1)).toMatchObject({ MessageType: 'CheckOut' })
    expect(view()).toMatchObject({ enabled: false, held: [], token: null, pushToken: null })
  })

  it.each([
    ['401', status(401)],
    [
      '403 with the code for it',
      { ...status(403), body: new TextEncoder().encode('{"code":"com.apple.unrecognized.device"}') },
    ],
  ])('ends when the server answers %s', async (_, answer) => {
    const { server, device } = await stage()
    server.intercept = () => answer
    await device.connect()
    expect(device.inspect().enrolled).toBe(false)
  })

  it('waits for DeviceConfigured where it was told to, and says when it is over', async () => {
    const { server, device } = await stage()
    device.model.setAwaitingConfiguration(true)
    await device.enroll()
    expect(server.checkIns.at(-1)).toMatchObject({ AwaitingConfiguration: true })
    server.command(device.id, 'DeviceConfigured')
    await device.connect()
    await device.settled()
    expect(server.checkIns.at(-1)).toMatchObject({ MessageType: 'TokenUpdate', AwaitingConfiguration: false })
  })
})
