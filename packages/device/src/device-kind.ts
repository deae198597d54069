/** What a simulated device is, and how it is enrolled. */
export type DeviceKind =
  | 'ipad'
  | 'iphone'
  | 'mac'
  | 'apple-tv'
  | 'vision'
  | 'watch'
  | 'shared-ipad'
  | 'byod-iphone'
  | 'byod-mac'

export const deviceKinds: readonly DeviceKind[] = [
  'ipad',
  'iphone',
  'mac',
  'apple-tv',
  'vision',
  'watch',
  'shared-ipad',
  'byod-iphone',
  'byod-mac',
]
