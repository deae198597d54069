import type { Channel, Device } from '@edict/device'

interface Holder {
  readonly device: Device
  readonly channelId: string
}

/** Whose push token is whose. Tokens change with enrollments, so a device that sent something is looked at again. */
export class TokenIndex {
  readonly #holders = new Map<string, Holder>()
  readonly #stale = new Set<Device>()

  /** The device's tokens may have changed. */
  touch(device: Device): void {
    this.#stale.add(device)
  }

  /** The device with a channel that has this token now, or undefined. Magic, where given, must be that channel's too. */
  holder(tokenHex: string, magic?: string): Device | undefined {
    this.#refresh()
    const token = tokenHex.toLowerCase()
    const holder = this.#holders.get(token)
    const channel = holder?.device.channels().find(({ id }) => id === holder.channelId)
    if (channel === undefined || tokenOf(channel) !== token) return undefined
    return magic === undefined || magic === channel.pushMagic ? holder?.device : undefined
  }

  #refresh(): void {
    for (const device of this.#stale) {
      for (const channel of device.channels()) {
        const token = tokenOf(channel)
        if (token !== undefined) this.#holders.set(token, { device, channelId: channel.id })
      }
    }
    this.#stale.clear()
  }
}

function tokenOf({ pushToken }: Channel): string | undefined {
  return pushToken?.toLowerCase()
}
