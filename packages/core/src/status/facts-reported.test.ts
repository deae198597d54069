import type { Json } from '@edict/protocol'
import { describe, expect, it } from 'vitest'
import { factsReported, gates } from './facts-reported.ts'

const report = (name: string, value: Json) => factsReported({ osVersion: '26.4', supervised: true }, [{ name, value }])

describe('factsReported', () => {
  it('replaces an OS version that changed', () => {
    expect(report('device.operating-system.version', '26.5')).toEqual({ osVersion: '26.5', supervised: true })
  })

  it('keeps what a report does not say', () => {
    expect(report('com.example.x', 1)).toEqual({ osVersion: '26.4', supervised: true })
  })

  it('learns the platform from the model', () => {
    expect(report('device.model.identifier', 'Mac14,2')).toMatchObject({ productName: 'Mac14,2', platform: 'macOS' })
    expect(report('device.model.identifier', 'Toaster1,1')).toEqual({
      osVersion: '26.4',
      supervised: true,
      productName: 'Toaster1,1',
    })
  })

  it('learns supervision from the enrollment type, and nothing from words it does not know', () => {
    expect(['supervised', 'device', 'user'].map((type) => report('mdm.enrollment-type', type).supervised)).toEqual([
      true,
      false,
      false,
    ])
    expect(report('mdm.enrollment-type', 'none').supervised).toBe(true)
  })

  it('learns of Shared iPad', () => {
    expect(report('mdm.is-shared-ipad', true).sharedIPad).toBe(true)
  })

  it.each<Json>([1, null, '', [], {}, '\ud800'])(
    'passes over %j where text belongs: it would go into the key of a cohort',
    (value) => {
      expect(report('device.operating-system.version', value).osVersion).toBe('26.4')
    },
  )
})

describe('gates', () => {
  it('says which items may move a channel to another cohort', () => {
    expect(['device.operating-system.version', 'management.client-capabilities'].every(gates)).toBe(true)
    expect(['passcode.is-present', 'management.declarations', 'com.example.x'].some(gates)).toBe(false)
  })
})
