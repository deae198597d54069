import { describe, expect, it } from 'vitest'
import { status } from '../testing/scripted-server.ts'
import { stage } from '../testing/stage.ts'

describe('a command session', () => {
  it('goes on until a zero-byte 200', async () => {
    const { server, device } = await stage()
    server.command(device.id, 'DeviceInformation', { Queries: ['OSVersion', 'SerialNumber', 'Nonsense'] })
    server.command(device.id, 'SecurityInfo')
    await device.connect()
    expect(server.connects.map(({ Status }) => Status)).toEqual(['Idle', 'Acknowledged', 'Acknowledged'])
    expect(server.results[0]?.response).toEqual({
      QueryResponses: { OSVersion: '26.4.2', SerialNumber: device.inspect().serialNumber },
    })
  })

  it('starts when a push with its token arrives, and only then', async () => {
    const { server, device } = await stage({ kind: 'mac' })
    const [own, user] = device.channels()
    expect(await device.push('00ff')).toBe(false)
    expect(server.connects).toHaveLength(0)
    expect(await device.push(user?.pushToken?.toUpperCase() ?? '')).toBe(true)
    expect(server.connects).toMatchObject([{ Status: 'Idle', UserShortName: 'ada' }])
    expect(await device.push(own?.pushToken ?? '')).toBe(true)
    expect(server.connects[1]).not.toHaveProperty('UserID')
  })

  it('sends a result again until a 2xx answers it', async () => {
    const { server, device, pass } = await stage()
    server.command(device.id, 'ProfileList')
    server.intercept = (kind) => (kind === 'Acknowledged' ? status(503) : undefined)
    await device.connect()
    server.intercept = (kind) => (kind === 'Acknowledged' ? 'drop' : undefined)
    await pass(30)
    expect(server.results).toHaveLength(0)
    server.intercept = () => undefined
    await pass(30)
    expect(server.connects.map(({ Status }) => Status)).toEqual([
      'Idle',
      'Acknowledged',
      'Acknowledged',
      'Acknowledged',
    ])
    expect(server.results).toHaveLength(1)
  })

  it('answers the same command with the same result', async () => {
    const { server, device } = await stage({ kind: 'byod-iphone' })
    const CommandUUID = server.command(device.id, 'InstallApplication', { Identifier: 'com.example.app' })
    await device.connect()
    device.model.tapInstall()
    server.queue(device.id, {
      CommandUUID,
      Command: { RequestType: 'InstallApplication', Identifier: 'com.example.app' },
    })
    await device.connect()
    expect(server.results).toHaveLength(2)
    expect(server.results[1]).toEqual(server.results[0])
    expect(server.results[0]?.response).toEqual({ Identifier: 'com.example.app', State: 'Prompting' })
  })

  it('may send a result twice', async () => {
    const { server, device } = await stage({ switches: { repeatResults: 1 } })
    server.command(device.id, 'ProfileList')
    await device.connect()
    expect(server.results).toHaveLength(2)
    expect(server.results[1]).toEqual(server.results[0])
  })

  it('answers NotNow while locked, except to what is always answered, and comes back when unlocked', async () => {
    const { server, device } = await stage()
    device.model.lock()
    server.command(device.id, 'DeviceInformation')
    server.declarativeManagement(device.id)
    await device.connect()
    expect(server.results.map(({ Status }) => Status)).toEqual(['Acknowledged', 'NotNow'])
    expect(server.endpoints).toEqual([])
    device.model.unlock()
    await device.settled()
    expect(server.results.map(({ Status }) => Status)).toEqual(['Acknowledged', 'NotNow', 'Acknowledged'])
    expect(server.endpoints[0]).toBe('status')
  })

  it('does not come back by itself when something else was answered after NotNow', async () => {
    const { server, device } = await stage()
    device.model.lock()
    server.command(device.id, 'SecurityInfo')
    server.command(device.id, 'DeviceInformation')
    await device.connect()
    expect(server.connects.map(({ Status }) => Status)).toEqual(['Idle', 'NotNow', 'Acknowledged'])
    device.model.unlock()
    await device.settled()
    expect(server.connects).toHaveLength(3)
  })

  it('refuses commands it does not have with an error chain', async () => {
    const { server, device } = await stage()
    server.command(device.id, 'MakeCoffee')
    await device.connect()
    expect(server.results[0]).toMatchObject({
      Status: 'Error',
      ErrorChain: [{ ErrorDomain: 'MCMDMErrorDomain', ErrorCode: 12021 }],
    })
  })

  it.each([
    ['that its OS came before', { osVersion: '15.7' }, 'DeclarativeManagement', 0],
    ['of another channel', { kind: 'shared-ipad' }, 'DeviceConfigured', 1],
    ['that its enrollment forbids', { kind: 'byod-iphone' }, 'DeviceConfigured', 0],
  ] as const)('does not have commands %s', async (_, options, RequestType, channel) => {
    const { server, device } = await stage(options)
    const id = device.channels()[channel]?.id ?? ''
    server.command(id, RequestType)
    await device.connect(id)
    expect(server.results).toMatchObject([{ Status: 'Error', ErrorChain: [{ ErrorCode: 12021 }] }])
  })

  it('refuses without supervision what needs it', async () => {
    const { server, device } = await stage({ supervised: false })
    server.command(device.id, 'DeviceConfigured')
    await device.connect()
    expect(server.results).toMatchObject([{ Status: 'Error', ErrorChain: [{ ErrorDomain: 'EdictDeviceErrorDomain' }] }])
  })

  it('makes one more round for a push that arrives while it is under way', async () => {
    const { server, device } = await stage()
    await Promise.all([device.connect(), device.connect(), device.connect()])
    expect(server.connects).toHaveLength(2)
  })

  it('waits for the network, and connects when it is back', async () => {
    const { server, device } = await stage()
    device.model.setNetwork(false)
    await device.connect()
    expect(server.connects).toHaveLength(0)
    device.model.setNetwork(true)
    await device.settled()
    expect(server.connects).toHaveLength(1)
  })

  it('logs every request with its status', async () => {
    const { server, device, clock } = await stage()
    server.command(device.id, 'ProfileList')
    server.intercept = (kind) => (kind === 'Acknowledged' ? 'drop' : undefined)
    await device.connect()
    expect(device.requests.slice(-2)).toEqual([
      { at: clock.now(), channel: device.id, endpoint: 'Idle', status: 200 },
      { at: clock.now(), channel: device.id, endpoint: 'Acknowledged ProfileList', status: 0 },
    ])
  })
})
