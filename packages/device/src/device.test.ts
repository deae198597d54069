import { describe, expect, it } from 'vitest'
import { createDevice } from './device.ts'
import type { ModelEvent } from './model-event.ts'
import { stage, valueAt } from './testing/stage.ts'

describe('a device', () => {
  it('goes on after it was switched off and on, as if nothing had happened', async () => {
    const { server, clock, device, sync, pass } = await stage({ kind: 'mac' })
    server.subscribe('device.operating-system.version')
    server.activate('a', [], "@status(device.model.family) == 'Mac'")
    await sync()
    device.model.setOSVersion('26.5')
    await pass(10)
    const state = JSON.parse(JSON.stringify(device.save()))
    device.stop()
    server.reports = []
    server.sinceLast()
    const again = createDevice({ kind: 'mac', seed: 'one', transport: server, clock, state })
    expect(again.inspect()).toEqual({ ...device.inspect(), channels: again.inspect().channels })
    expect(again.inspect().channels[0]?.held).toEqual(device.inspect().channels[0]?.held)
    clock.advance(50_000)
    await again.settled()
    expect(server.sinceLast()).toEqual(['status'])
    expect(valueAt(server.lastReport.StatusItems, 'device.operating-system.version')).toBe('26.5')
    server.declarativeManagement(again.id)
    await again.connect()
    await again.settled()
    expect(server.endpoints).toEqual(['tokens'])
  })

  it('keeps a result that was not delivered while it is switched off', async () => {
    const { server, clock, device } = await stage()
    server.command(device.id, 'ProfileList')
    server.intercept = (kind) => (kind === 'Acknowledged' ? 'drop' : undefined)
    await device.connect()
    device.stop()
    server.intercept = () => undefined
    const again = createDevice({ kind: 'ipad', seed: 'one', transport: server, clock, state: device.save() })
    await again.settled()
    expect(server.results).toHaveLength(1)
  })

  it('does not take over the state of another', async () => {
    const { server, clock, device } = await stage()
    const state = device.save()
    expect(() => createDevice({ kind: 'ipad', seed: 'two', transport: server, clock, state })).toThrow('seed one found')
  })

  it('is the same for the same seed and clock', async () => {
    const run = async (): Promise<unknown> => {
      const { server, device, sync, pass } = await stage({ kind: 'shared-ipad', seed: 'same' })
      server.subscribe('passcode.is-present')
      await sync()
      device.model.removePasscode()
      await pass(60)
      return [device.inspect(), server.reports, device.requests]
    }
    expect(await run()).toEqual(await run())
  })

  it('understands every event in JSON, and refuses others by name', async () => {
    const { server, device, sync, view } = await stage()
    server.put('com.apple.configuration.account.subscribed-calendar', 'c', { CalendarURL: 'https://example.org/a.ics' })
    server.activate('a', ['c'])
    await sync()
    const events: readonly ModelEvent[] = [
      { type: 'passcode.set', present: true, compliant: false },
      { type: 'passcode.comply' },
      { type: 'passcode.remove' },
      { type: 'account.set', declaration: 'c', key: 'is-enabled', value: false },
      { type: 'app.tapInstall' },
      { type: 'app.decline' },
      { type: 'app.delete', bundleId: 'x' },
      { type: 'app.progress' },
      { type: 'battery.set', health: 'unknown' },
      { type: 'filevault.set', enabled: true },
      { type: 'os.set', version: '26.5', build: '25F1' },
      { type: 'software-update.set', item: 'softwareupdate.install-state', value: 'downloading' },
      { type: 'test.set', item: 'test.integer-value', value: 7 },
      { type: 'network.set', online: false },
      { type: 'network.set', online: true },
      { type: 'awaiting-configuration.set', awaiting: true },
      { type: 'lock' },
      { type: 'unlock' },
    ]
    for (const event of events) device.model.apply(JSON.parse(JSON.stringify(event)))
    expect(view().status).toMatchObject({
      'passcode.is-present': false,
      'account.list.subscribed-calendar': [{ 'is-enabled': false }],
      'device.power.battery-health': 'unknown',
      'device.operating-system.version': '26.5',
      'device.operating-system.build-version': '25F1',
      'softwareupdate.install-state': 'downloading',
      'test.integer-value': 7,
    })
    expect(() => device.model.apply({ type: 'explode' } as never)).toThrow(
      'Cannot apply event: type "explode" is unknown',
    )
  })

  it('says which update a declaration enforces, as long as it is ahead', async () => {
    const { server, device, sync, view } = await stage()
    server.put('com.apple.configuration.softwareupdate.enforcement.specific', 'update', {
      TargetOSVersion: '26.5',
      TargetLocalDateTime: '2026-10-01T12:00:00',
    })
    server.activate('a', ['update'])
    await sync()
    expect(view().status).toMatchObject({
      'softwareupdate.pending-version': { 'os-version': '26.5', 'target-local-date-time': '2026-10-01T12:00:00' },
      'softwareupdate.install-reason': { reason: ['declaration'], 'declaration-id': 'update' },
    })
    device.model.setOSVersion('26.5')
    expect(view().status).not.toHaveProperty(['softwareupdate.pending-version'])
  })

  it('survives a manifest with an identifier that no Endpoint can carry', async () => {
    const { server, sync, view } = await stage()
    server.put('com.apple.management.properties', 'a/../b', { a: 1 })
    server.put('com.apple.management.properties', 'c', { c: 1 })
    await sync()
    expect(view().held.map(({ identifier }) => identifier)).toEqual(['c'])
    expect(view().problem).toContain('Cannot tell the endpoint')
  })

  it('has no channel but its own', async () => {
    const { device } = await stage()
    await expect(device.connect('other')).rejects.toMatchObject({ code: 'channel-unknown' })
  })
})
