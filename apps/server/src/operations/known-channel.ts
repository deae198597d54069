import type { Channel, Reads } from '@edict/store'
import { DeviceError } from '../device/device-error.ts'

/**
 * The channel of a request.
 *
 * @throws DeviceError `identity-unknown` when it never authenticated, or left
 */
export async function knownChannel(id: string, reads: Pick<Reads, 'channel'>): Promise<Channel> {
  return known(id, await reads.channel(id))
}

export function known(id: string, channel: Channel | undefined): Channel {
  if (channel !== undefined && channel.enrollment.state !== 'left') return channel
  throw new DeviceError(
    'identity-unknown',
    `Cannot serve ${id}: ${channel === undefined ? 'it is not enrolled' : 'it left'}`,
    {
      found: id,
      expected: 'an enrolled channel',
    },
  )
}
