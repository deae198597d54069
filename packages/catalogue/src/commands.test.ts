import { describe, expect, it } from 'vitest'
import { checkIns } from './check-ins.ts'
import { commands } from './commands.ts'
import { checkInResponse, commandPayload, commandResponse } from './payloads.ts'

describe('commands', () => {
  it('DeclarativeManagement came with iOS 15 and macOS 13, on both channels and in user enrollment', () => {
    const { availability } = commands.get('DeclarativeManagement') ?? {}
    expect(availability?.macOS).toEqual({
      introduced: '13.0',
      supervised: false,
      requiresDEP: false,
      deviceChannel: true,
      userChannel: true,
      userEnrollment: 'allowed',
    })
    expect(availability?.iOS?.sharedIPad).toEqual({ mode: 'allowed', deviceChannel: true, userChannel: true })
    expect(availability?.watchOS?.introduced).toBe('10.0')
  })

  it('DeleteUser is for supervised Macs and Shared iPads, on the device channel', () => {
    const { availability } = commands.get('DeleteUser') ?? {}
    expect(Object.keys(availability ?? {})).toEqual(['iOS', 'macOS'])
    expect(availability?.macOS).toMatchObject({ supervised: true, deviceChannel: true, userChannel: false })
    expect(availability?.iOS?.sharedIPad?.mode).toBe('required')
    expect(availability?.iOS?.userEnrollment).toBe('forbidden')
  })

  it('commands that update the OS ended with version 27, in favour of declarations', () => {
    const ending = { deprecated: '26.0', removed: '27.0' }
    expect(commands.get('ScheduleOSUpdate')?.availability).toMatchObject({ iOS: ending, macOS: ending, tvOS: ending })
    expect(Object.keys(commands.get('ScheduleOSUpdateScan')?.availability ?? {})).toEqual(['macOS'])
    expect(commands.get('DeviceInformation')?.availability.iOS).not.toHaveProperty('removed')
  })

  it('a command without keys takes none, one with a result names what comes back', () => {
    expect(commandPayload('ProfileList')?.type).toBe('dictionary')
    expect(commandPayload('DeviceConfigured')).toEqual({ type: 'dictionary', keys: {} })
    expect(commandResponse('ProfileList')?.keys?.ProfileList?.type).toBe('array')
    expect(commandResponse('DeviceConfigured')).toBeUndefined()
  })

  it('settings are alternatives, and queries are words with an availability each', () => {
    const settings = commandPayload('Settings')?.keys?.Settings
    expect(settings?.alternatives?.DeviceName?.keys?.Item?.rangelist).toEqual(['DeviceName'])
    const queries = commandPayload('DeviceInformation')?.keys?.Queries?.item
    expect(queries?.choices?.ProvisioningUDID?.availability?.iOS).toBe('n/a')
  })
})

describe('check-ins', () => {
  it('there are nine', () => {
    expect([...checkIns.keys()]).toEqual([
      'Authenticate',
      'CheckOut',
      'DeclarativeManagement',
      'GetBootstrapToken',
      'GetToken',
      'ReturnToService',
      'SetBootstrapToken',
      'TokenUpdate',
      'UserAuthenticate',
    ])
  })

  it('GetToken is answered with data', () => {
    expect(checkInResponse('GetToken')?.keys?.TokenData).toEqual({ type: 'data', presence: 'required' })
    expect(checkInResponse('CheckOut')).toBeUndefined()
  })
})
