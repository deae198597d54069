import type { Device, DeviceState, ModelEvent } from '@edict/device'

/** Devices that run together, each on its own. */
export interface Fleet {
  readonly devices: readonly Device[]
  /** By the enrollment id of any of its channels, or by its place in `devices`, counted from 0. */
  find(reference: string | number): Device | undefined
  /** Whether a channel of the fleet has this push token now. */
  knows(tokenHex: string): boolean
  /**
   * A push arrived. Its channel connects, and this resolves when the device has done so; false when it is nobody's, or when
   * the magic is given and is not that of the channel's last TokenUpdate: a device ignores such a push.
   */
  push(tokenHex: string, magic?: string): Promise<boolean>
  /** Enrolls the devices that are not enrolled, some at a time. Those that it could not enroll are its answer. */
  enroll(progress?: (enrolled: number) => void): Promise<readonly EnrollFailure[]>
  /** Something happens to a device. Throws DeviceError. */
  apply(device: Device, event: ModelEvent): void
  /** Grows whenever what `save` gives may have changed. */
  readonly changes: number
  /** Devices with a channel that has collected a manifest since the fleet was started, or before. */
  readonly synced: number
  /** The state of every device, taken as it is asked for. */
  save(): Iterable<DeviceState>
  /** No device has a request in flight or about to be sent. */
  settled(): Promise<void>
  /** Switches all devices off and ends their connections. */
  stop(): void
}

export interface EnrollFailure {
  readonly device: Device
  readonly error: unknown
}
