import type { CoreDevice } from '../core-device.ts'
import type { Answer, OctetRange } from '../transport.ts'

/** Gets a manifest, or what it leads to. Apple does not say whether a device says who it is there. */
export function packageOctets(
  { wire, switches }: Pick<CoreDevice, 'wire' | 'switches'>,
  channel: string,
  url: string,
  range?: OctetRange,
): Promise<Answer | null> {
  return switches.provesItselfForPackages ? wire.download(channel, url, range) : wire.fetch(channel, url, range)
}
