import { expect, it } from 'vitest'
import { relatedKeys } from './enroll/related-keys.ts'
import { ScriptedAuthority } from './testing/scripted-authority.ts'
import { type Stage, stage } from './testing/stage.ts'

const authority = await ScriptedAuthority.make(() => Date.parse('2026-09-01T08:00:00Z'))
const MDMProfileData = authority.profile()

async function erased(keys: object): Promise<Stage> {
  const made = await stage({ keys: relatedKeys('erase') })
  made.server.authority = authority
  made.server.put('com.apple.configuration.management.test', 'held', { Echo: '1' })
  await made.sync()
  made.device.model.setFileVault(true)
  made.server.checkIns.length = 0
  made.server.command(made.device.id, 'EraseDevice', { ...keys })
  await made.device.connect()
  await made.device.settled()
  return made
}

const types = ({ server }: Stage) => server.checkIns.map(({ MessageType }) => MessageType)

it('a device that is erased acknowledges first, says no goodbye, and forgets everything', async () => {
  const made = await erased({})
  expect(made.server.results.map(({ Status }) => Status)).toEqual(['Acknowledged', 'Acknowledged'])
  expect(types(made)).toEqual([])
  const { enrolled, channels } = made.device.inspect()
  expect([enrolled, channels[0]?.held, channels[0]?.pushToken]).toEqual([false, [], null])
})

it('one that returns to service enrolls again, by the profile in the command', async () => {
  const made = await erased({ ReturnToService: { Enabled: true, MDMProfileData } })
  expect(types(made).slice(0, 2)).toEqual(['Authenticate', 'TokenUpdate'])
  expect(made.device.inspect()).toMatchObject({ enrolled: true })
  expect(made.device.inspect().channels[0]?.held).toEqual([])
})

it('one whose return is not enabled, or brings no profile, stays erased', async () => {
  for (const ReturnToService of [{ Enabled: false, MDMProfileData }, { Enabled: true }])
    expect((await erased({ ReturnToService })).device.inspect().enrolled).toBe(false)
})

it('one whose profile cannot be used stays erased, and can be enrolled', async () => {
  const made = await erased({ ReturnToService: { Enabled: true, MDMProfileData: new Uint8Array([1]) } })
  expect(made.device.inspect().enrolled).toBe(false)
  await made.device.enroll(MDMProfileData)
  expect(made.device.inspect().enrolled).toBe(true)
})
