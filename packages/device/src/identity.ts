import { enrollmentIdentity, type IdentityKeys, sharedIPadUserID } from '@edict/protocol'
import type { DeviceOptions } from './device-options.ts'
import { seededHex, seededUUID } from './seeded.ts'
import type { Traits } from './traits.ts'

/** Who the device and its users are. What User Enrollment keeps from a server is null. */
export interface Identity {
  readonly udid: string | null
  readonly serialNumber: string | null
  readonly deviceName: string
  readonly productName: string
  readonly supervised: boolean
  readonly topic: string
}

export interface ChannelIdentity {
  readonly id: string
  readonly kind: 'device' | 'user'
  readonly userShortName: string | null
  /** A user whose account is not on this Mac: the server is asked at each login. */
  readonly network: boolean
  readonly keys: IdentityKeys
}

const defaultUsers = { none: [], mac: ['ada'], 'shared-ipad': ['ada@school.example', 'lin@school.example'] } as const

export function identityOf(options: DeviceOptions, traits: Traits): Identity {
  const { seed } = options
  const hidden = traits.enrollment === 'user'
  const hex = seededHex(seed, 'udid')
  const serial = options.serialNumber ?? seededHex(seed, 'serial').slice(0, 10)
  const productName = options.productName ?? traits.productName
  return {
    udid: hidden ? null : (options.udid ?? `0000${hex.slice(0, 4)}-${hex.slice(4, 20)}`),
    serialNumber: hidden ? null : serial,
    deviceName: `${traits.modelFamily} ${seededHex(seed, 'name').slice(0, 4)}`,
    productName,
    supervised: !hidden && (options.supervised ?? traits.supervised),
    topic: options.topic ?? 'com.apple.mgmt.External.edict',
  }
}

/**
 * The device channel, then a channel for each user, those of the network last. `owned` counts the enrollments of a person's own device
 * by an account: it has another EnrollmentID for each.
 * @see apple:mdm/checkin/tokenupdate.yaml
 */
export function channelIdentities(
  options: DeviceOptions,
  traits: Traits,
  identity: Identity,
  owned: number,
): readonly ChannelIdentity[] {
  const first = options.udid ?? seededUUID(options.seed, 'enrollment')
  const own: IdentityKeys =
    identity.udid === null
      ? { EnrollmentID: owned <= 1 ? first : seededUUID(options.seed, 'enrollment', owned) }
      : { UDID: identity.udid }
  const users = traits.users === 'none' ? [] : (options.users ?? defaultUsers[traits.users])
  const networkUsers = traits.users === 'mac' && identity.udid !== null ? (options.networkUsers ?? []) : []
  const named = (keys: IdentityKeys, network: boolean): ChannelIdentity => {
    const { id, channel } = enrollmentIdentity(keys)
    return { id, kind: channel, userShortName: keys.UserShortName ?? null, network, keys }
  }
  const channelOf = (user: string, network: boolean) => named(userKeys(own, user, options.seed, traits), network)
  return [
    named(own, false),
    ...users.map((user) => channelOf(user, false)),
    ...networkUsers.map((user) => channelOf(user, true)),
  ]
}

function userKeys(own: IdentityKeys, user: string, seed: string, traits: Traits): IdentityKeys {
  const names = { UserShortName: user, UserLongName: longName(user) }
  if (traits.users === 'shared-ipad') return { ...own, UserID: sharedIPadUserID, ...names }
  const id = seededUUID(seed, 'user', user)
  return own.EnrollmentID === undefined ? { ...own, UserID: id, ...names } : { ...own, EnrollmentUserID: id, ...names }
}

function longName(user: string): string {
  const name = user.split('@')[0] ?? user
  return name.charAt(0).toUpperCase() + name.slice(1)
}
