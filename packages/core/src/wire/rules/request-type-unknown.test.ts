import { expect, it } from 'vitest'
import { codes, problems } from '../testing/found.ts'

const command = (RequestType: string) => ({ plist: { CommandUUID: 'u', Command: { RequestType } } })

it('finds another case, and a slip', () => {
  expect(problems(command('declarativeManagement'))).toMatchObject([
    { code: 'request-type-unknown', remedy: 'write DeclarativeManagement' },
  ])
  expect(problems(command('DeviceInformations'))).toMatchObject([{ remedy: 'write DeviceInformation' }])
})

it('takes a command', () => {
  expect(codes(command('SecurityInfo'))).toEqual([])
})
