import type { ExpectedDevice } from '@edict/store'
import { expectDevices, forgetDevices } from '../operations/expect-devices.ts'
import { moment, momentOrNull } from './moment.ts'
import { decodeCursor, encodeCursor, limitOf } from './paging.ts'
import type { Handlers } from './request.ts'

export const expectedDeviceHandlers: Handlers<'expect-devices' | 'list-expected-devices' | 'forget-devices'> = {
  'expect-devices': async ({ body, write }, services) => {
    const { serials, awaits = false, shared = false, note = '' } = body
    return { expected: await expectDevices(serials, { awaits, shared, note }, write, services) }
  },

  'list-expected-devices': async ({ query }, { store }) => {
    const cursor = decodeCursor(query.cursor)
    const page = await store.scan.expectedDevices(cursor, limitOf(query.limit))
    return { items: page.items.map(resource), next: page.next === null ? null : encodeCursor(page.next) }
  },

  'forget-devices': async ({ body, write }, services) => ({
    forgotten: await forgetDevices(body.serials, write, services),
  }),
}

function resource({ serial, awaits, shared, note, expectedAt, device, givenAt }: ExpectedDevice) {
  return {
    serial,
    awaits,
    shared,
    note,
    expectedAt: moment(expectedAt),
    enrollment: device,
    givenAt: momentOrNull(givenAt),
  }
}
