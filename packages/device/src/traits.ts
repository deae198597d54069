import type { Platform } from '@edict/catalogue'
import type { DeviceKind } from './device-kind.ts'

/** What all devices of a kind have in common. */
export interface Traits {
  readonly platform: Platform
  readonly enrollment: 'device' | 'user'
  readonly supervised: boolean
  readonly sharedIPad: boolean
  readonly users: 'none' | 'mac' | 'shared-ipad'
  readonly productName: string
  readonly modelFamily: string
  readonly marketingName: string
  readonly modelNumber: string
  readonly osFamily: string
  readonly osVersion: string
}

const owned = { enrollment: 'device', supervised: true, sharedIPad: false, users: 'none' } as const

const ipad: Traits = {
  ...owned,
  platform: 'iOS',
  productName: 'iPad14,4',
  modelFamily: 'iPad',
  marketingName: 'iPad Pro (11-inch) (4th generation)',
  modelNumber: 'A2761',
  osFamily: 'iPadOS',
  osVersion: '26.4.2',
}

const iphone: Traits = {
  ...owned,
  platform: 'iOS',
  productName: 'iPhone16,1',
  modelFamily: 'iPhone',
  marketingName: 'iPhone 15 Pro',
  modelNumber: 'A3102',
  osFamily: 'iOS',
  osVersion: '26.4.2',
}

const mac: Traits = {
  ...owned,
  platform: 'macOS',
  users: 'mac',
  productName: 'Mac15,12',
  modelFamily: 'Mac',
  marketingName: 'MacBook Air (13-inch, M3, 2024)',
  modelNumber: 'A3113',
  osFamily: 'macOS',
  osVersion: '26.4.2',
}

export const traits: Readonly<Record<DeviceKind, Traits>> = {
  ipad,
  iphone,
  mac,
  'apple-tv': {
    ...owned,
    platform: 'tvOS',
    productName: 'AppleTV14,1',
    modelFamily: 'AppleTV',
    marketingName: 'Apple TV 4K (3rd generation)',
    modelNumber: 'A2843',
    osFamily: 'tvOS',
    osVersion: '26.4',
  },
  vision: {
    ...owned,
    platform: 'visionOS',
    productName: 'RealityDevice14,1',
    modelFamily: 'RealityDevice',
    marketingName: 'Apple Vision Pro',
    modelNumber: 'A2781',
    osFamily: 'visionOS',
    osVersion: '26.4',
  },
  watch: {
    ...owned,
    platform: 'watchOS',
    productName: 'Watch7,1',
    modelFamily: 'Watch',
    marketingName: 'Apple Watch Series 9 (41mm)',
    modelNumber: 'A2978',
    osFamily: 'watchOS',
    osVersion: '26.4',
  },
  'shared-ipad': { ...ipad, sharedIPad: true, users: 'shared-ipad' },
  'byod-iphone': { ...iphone, enrollment: 'user', supervised: false },
  'byod-mac': { ...mac, enrollment: 'user', supervised: false },
}
