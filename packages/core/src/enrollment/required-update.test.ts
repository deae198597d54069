import type { MachineInfo } from '@edict/protocol'
import { expect, it } from 'vitest'
import { requiredUpdate } from './required-update.ts'

const ipad: MachineInfo = {
  PRODUCT: 'iPad16,3',
  VERSION: '24A335',
  OS_VERSION: '26.4',
  MDM_CAN_REQUEST_SOFTWARE_UPDATE: true,
}
const minimumOS = { iOS: { OSVersion: '26.5', BuildVersion: '23F1' } }

it('an update is asked for below the minimum of the platform, and only of a device that can be asked', () => {
  const asked = (info: Partial<MachineInfo>) => requiredUpdate({ ...ipad, ...info }, { minimumOS })
  expect(asked({})).toEqual(minimumOS.iOS)
  expect(asked({ OS_VERSION: '26.4.9' })).toEqual(minimumOS.iOS)
  expect(asked({ OS_VERSION: '26.5' })).toBeNull()
  expect(asked({ OS_VERSION: '26.10' })).toBeNull()
  expect(asked({ PRODUCT: 'Mac16,1' })).toBeNull()
  expect(asked({ PRODUCT: 'Toaster1,1' })).toBeNull()
  expect(asked({ MDM_CAN_REQUEST_SOFTWARE_UPDATE: false })).toBeNull()
  expect(requiredUpdate(ipad, {})).toBeNull()
  const { OS_VERSION: _, ...old } = ipad
  expect(requiredUpdate(old, { minimumOS })).toBeNull()
})
