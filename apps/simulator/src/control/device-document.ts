import type { ChannelView, Device } from '@edict/device'
import { declarationKinds } from '@edict/protocol'

/**
 * Everything about a device, with the channel that was asked for on top: what it holds, which declarations are active and which
 * are not, why, and what became of the predicates.
 */
export function deviceDocument(device: Device, channelId: string) {
  const view = device.inspect()
  const channel = view.channels.find(({ id }) => id === channelId) ?? view.channels[0]
  return {
    ...view,
    ...(channel === undefined ? {} : channelDocument(channel)),
    id: channel?.id ?? view.id,
    device: view.id,
  }
}

/** What a list shows of a device. */
export function deviceSummary(device: Device, index: number) {
  const { id, kind, platform, productName, osVersion, serialNumber, supervised, enrolled, online, channels } =
    device.inspect()
  return {
    id,
    index,
    kind,
    platform,
    productName,
    osVersion,
    serialNumber,
    supervised,
    enrolled,
    online,
    channels: channels.map((one) => ({ id: one.id, kind: one.kind, enabled: one.enabled, token: one.token })),
  }
}

function channelDocument(channel: ChannelView) {
  const states = declarationKinds.flatMap((kind) => channel.declarations[kind].map((state) => ({ kind, ...state })))
  return {
    token: channel.token,
    held: channel.held,
    active: states.filter(({ active }) => active),
    inactive: states.filter(({ active }) => !active),
    predicates: channel.activations.flatMap(({ identifier, predicate }) =>
      predicate === null ? [] : [{ activation: identifier, ...predicate }],
    ),
  }
}
