import type { Authenticate, TokenUpdate } from '@edict/protocol'
import type { CoreDevice } from './core-device.ts'
import type { ChannelIdentity } from './identity.ts'
import { imei } from './imei.ts'
import { seededBytes } from './seeded.ts'
import { osBuild } from './status/values.ts'

/** The first message of an enrollment. User Enrollment keeps the serial number to itself. */
export function authenticateMessage(
  { identity, traits, model, seed, topic }: CoreDevice,
  { keys }: ChannelIdentity,
): Authenticate {
  const { serialNumber } = identity
  const mac = traits.platform === 'macOS'
  return {
    MessageType: 'Authenticate',
    ...keys,
    Topic: topic,
    OSVersion: model.osVersion,
    BuildVersion: osBuild(model),
    ProductName: identity.productName,
    ...(serialNumber === null ? {} : { SerialNumber: serialNumber }),
    ...(mac ? { DeviceName: identity.deviceName, Model: identity.productName, ModelName: traits.marketingName } : {}),
    ...(mac ? { Challenge: new TextEncoder().encode('apple') } : {}),
    ...(traits.modelFamily === 'iPhone' && serialNumber !== null ? { IMEI: imei(seed) } : {}),
  }
}

export interface PushKeys {
  readonly token: Uint8Array
  readonly magic: string
}

/** @param awaiting whether a user of a Shared iPad waits until they are configured; the device says of itself what its model says */
export function tokenUpdateMessage(
  device: CoreDevice,
  channel: ChannelIdentity,
  push: PushKeys,
  awaiting = false,
): TokenUpdate {
  const { traits, model, switches, seed, topic } = device
  const unlocks = traits.platform === 'iOS' && !traits.sharedIPad && traits.enrollment === 'device'
  const saysWaiting = device.draw() >= switches.omitAwaitingConfiguration
  return {
    MessageType: 'TokenUpdate',
    ...channel.keys,
    Topic: topic,
    Token: push.token,
    PushMagic: push.magic,
    ...(unlocks && channel.kind === 'device' ? { UnlockToken: seededBytes(seed, 'unlock') } : {}),
    ...(saysWaiting && channel.kind === 'device' ? { AwaitingConfiguration: model.awaitingConfiguration } : {}),
    ...(saysWaiting && channel.kind === 'user' && traits.sharedIPad ? { AwaitingConfiguration: awaiting } : {}),
    ...(traits.users === 'mac' && channel.kind === 'user' ? { NotOnConsole: false } : {}),
  }
}
