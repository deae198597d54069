import { describe, expect, it } from 'vitest'
import { status } from '../testing/scripted-server.ts'
import { type Stage, stage, valueAt } from '../testing/stage.ts'

async function subscribed(names: readonly string[], options: Parameters<typeof stage>[0] = {}): Promise<Stage> {
  const made = await stage(options)
  made.server.subscribe(...names)
  await made.sync()
  made.server.reports = []
  made.server.sinceLast()
  return made
}

describe('a status report', () => {
  it('has only subscribed items, when they change', async () => {
    const { server, device, pass } = await subscribed(['passcode.is-present'])
    device.model.setBattery({ health: 'service-recommended' })
    await pass(60)
    expect(server.reports).toHaveLength(0)
    device.model.removePasscode()
    await pass(60)
    expect(server.reports.map(({ StatusItems }) => StatusItems)).toEqual([{ passcode: { 'is-present': false } }])
  })

  it('gathers changes for up to the time to aggregate, counted from the first', async () => {
    const { server, device, pass } = await subscribed(['passcode.is-present', 'device.power.battery-health'])
    device.model.removePasscode()
    await pass(40)
    device.model.setBattery({ health: 'service-recommended' })
    await pass(19)
    expect(server.reports).toHaveLength(0)
    await pass(1)
    expect(server.reports.map(({ StatusItems }) => StatusItems)).toEqual([
      { passcode: { 'is-present': false }, device: { power: { 'battery-health': 'service-recommended' } } },
    ])
  })

  it('can be sent without waiting', async () => {
    const { server, device, pass } = await subscribed(['passcode.is-present'], { aggregate: 0 })
    device.model.removePasscode()
    await pass(0)
    expect(server.reports).toHaveLength(1)
  })

  it('is not sent for what went back to what the server knows', async () => {
    const { server, device, pass } = await subscribed(['passcode.is-present'])
    device.model.removePasscode()
    await pass(30)
    device.model.setPasscode({ present: true })
    await pass(600)
    expect(server.reports).toHaveLength(0)
  })

  it('has the declarations complete, all four arrays, whenever one of them changed', async () => {
    const { server, sync } = await subscribed([])
    server.put('com.apple.management.organization-info', 'o', { Name: 'School' })
    await sync()
    expect(valueAt(server.lastReport.StatusItems, 'management.declarations')).toMatchObject({
      activations: [{ identifier: 'subscription-activation', active: true, valid: 'valid' }],
      configurations: [{ identifier: 'subscription', active: true, valid: 'valid' }],
      assets: [],
      management: [{ identifier: 'o', active: false, valid: 'valid' }],
    })
  })

  it('is repeated until a 200, and nothing is lost meanwhile', async () => {
    const { server, device, pass, view } = await subscribed(['passcode.is-present', 'device.power.battery-health'])
    server.intercept = (endpoint) => (endpoint === 'status' ? status(500) : undefined)
    device.model.removePasscode()
    await pass(60)
    expect(view().pending).toEqual(['passcode.is-present'])
    device.model.setBattery({ health: 'service-recommended' })
    server.intercept = () => undefined
    server.reports = []
    await pass(60)
    expect(server.reports.map(({ StatusItems }) => StatusItems)).toEqual([
      { passcode: { 'is-present': false }, device: { power: { 'battery-health': 'service-recommended' } } },
    ])
    expect(view().pending).toEqual([])
  })

  it('says again what was sent without an answer, even when it is as before', async () => {
    const { server, device, pass } = await subscribed(['passcode.is-present'])
    const { checkIn } = server
    server.checkIn = async (body) => {
      await checkIn.call(server, body)
      throw new Error('the answer is lost')
    }
    device.model.removePasscode()
    await pass(60)
    server.checkIn = checkIn
    device.model.setPasscode({ present: true })
    await pass(60)
    expect(server.reports.map(({ StatusItems }) => StatusItems)).toEqual([
      { passcode: { 'is-present': false } },
      { passcode: { 'is-present': true } },
    ])
  })

  it('answered 204 is repeated, or ends everything', async () => {
    for (const [statusCrashOn204, times] of [
      [false, 2],
      [true, 1],
    ] as const) {
      const { server, device, pass } = await subscribed(['passcode.is-present'], { switches: { statusCrashOn204 } })
      server.intercept = (endpoint) => (endpoint === 'status' ? status(204) : undefined)
      device.model.removePasscode()
      await pass(60)
      await pass(60)
      expect(server.endpoints.filter((endpoint) => endpoint === 'status')).toHaveLength(times)
    }
  })

  it('reports an array without objects once, and again when it fills', async () => {
    const { server, sync } = await subscribed([])
    server.subscribe('mdm.app')
    await sync()
    expect(valueAt(server.lastReport.StatusItems, 'mdm.app')).toEqual([])
  })

  it('does not repeat unchanged values for a second subscription, and does after the last one came back', async () => {
    const { server, sync } = await subscribed(['passcode.is-present'])
    server.put('com.apple.configuration.management.status-subscriptions', 'second', {
      StatusItems: [{ Name: 'passcode.is-present' }],
    })
    server.activate('second-activation', ['second'])
    await sync()
    expect(valueAt(server.lastReport.StatusItems, 'passcode')).toBeUndefined()
    server.take('activation', 'second-activation')
    server.take('activation', 'subscription-activation')
    await sync()
    server.activate('second-activation', ['second'])
    await sync()
    expect(valueAt(server.lastReport.StatusItems, 'passcode.is-present')).toBe(true)
  })

  it('puts what it cannot report into Errors', async () => {
    const { server, sync } = await subscribed([])
    server.subscribe('test.error-value', 'diskmanagement.filevault.enabled', 'test.string-value')
    await sync()
    expect(server.lastReport.Errors.map(({ StatusItem }) => StatusItem).sort()).toEqual([
      'diskmanagement.filevault.enabled',
      'test.error-value',
    ])
    expect(valueAt(server.lastReport.StatusItems, 'test.string-value')).toBe('test')
    server.reports = []
    await sync()
    expect(server.reports).toEqual([])
  })

  it('lists what the device supports: tests included, other platforms and user items not', async () => {
    const { view } = await subscribed([])
    const items = Object.keys(view().status)
    expect(items).toEqual(expect.arrayContaining(['test.string-value', 'passcode.is-present', 'account.list.caldav']))
    expect(items).not.toContain('diskmanagement.filevault.enabled')
    const shared = await stage({ kind: 'shared-ipad' })
    const [own, user] = shared.device.channels()
    expect(Object.keys(shared.view(own?.id).status)).not.toContain('account.list.caldav')
    expect(Object.keys(shared.view(user?.id).status)).toContain('account.list.caldav')
  })

  it('looks like a real one', async () => {
    const made = await stage()
    let text = ''
    const { checkIn } = made.server
    made.server.checkIn = (body) => {
      const data = /<data>([^<]+)<\/data>/.exec(new TextDecoder().decode(body))?.[1]
      if (data !== undefined) text = Buffer.from(data, 'base64').toString()
      return checkIn.call(made.server, body)
    }
    made.server.subscribe()
    await made.sync()
    expect(text).toContain('"Errors" : [\n\n  ]')
    expect(text).toContain('      "declarations" : {\n        "activations" : [\n')
  })
})

describe('a full report', () => {
  it('comes daily, complete and with its flag, and tokens follow', async () => {
    const { server, device, pass } = await subscribed(['passcode.is-present', 'mdm.app'])
    server.command(device.id, 'InstallApplication', { Identifier: 'com.example.app' })
    await device.connect()
    await pass(60)
    await pass(120)
    server.reports = []
    server.sinceLast()
    await pass(86_400)
    expect(server.sinceLast()).toEqual(['status', 'tokens'])
    expect(server.lastReport.FullReport).toBe(true)
    expect(server.lastReport.StatusItems).toMatchObject({
      passcode: { 'is-present': true },
      mdm: { app: [{ identifier: 'com.example.app', state: 'managed' }] },
      management: { declarations: {}, 'client-capabilities': {} },
      device: { 'operating-system': { family: 'iPadOS' } },
    })
    await pass(86_400)
    expect(server.sinceLast()).toEqual(['status', 'tokens'])
  })

  it('can carry its flag inside StatusItems, as one was seen to', async () => {
    const { server, device } = await subscribed([], { switches: { fullReportPlace: 'inside', prettyReports: false } })
    await device.daily()
    expect(server.lastReport.FullReport).toBe(true)
  })

  it('is repeated as a full one', async () => {
    const { server, device, pass } = await subscribed(['passcode.is-present'])
    server.intercept = (endpoint) => (endpoint === 'status' ? 'drop' : undefined)
    await device.daily()
    server.intercept = () => undefined
    await pass(30)
    expect(server.lastReport.FullReport).toBe(true)
  })
})
