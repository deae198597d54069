import type { Channel } from './channel.ts'
import type { DeviceModel } from './device-model.ts'
import type { DeviceOptions } from './device-options.ts'
import type { DeviceRequest } from './device-request.ts'
import type { DeviceState } from './device-state.ts'
import type { DeviceView } from './device-view.ts'
import type { WatchEnrollment, Way } from './enroll/way.ts'
import { SimulatedDevice } from './simulated-device.ts'
import type { Sealed } from './transport.ts'

/** One Apple device that behaves. It has no input or output of its own: see Transport and Clock. */
export interface Device {
  /** Enrollment id of the device channel; another one each time that a person's own device enrolls by an account. */
  readonly id: string
  /** The device channel first, then the users. */
  channels(): readonly Channel[]
  /**
   * With an enrollment profile (a `.mobileconfig`, or one that it gets by another way), gets the identity it speaks of first, and
   * proves by it from then on who it is. Then Authenticate, TokenUpdate, and the TokenUpdate of each user channel. The same way again
   * goes on where it failed. Rejects with DeviceError when refused.
   */
  enroll(way?: Way): Promise<void>
  /** One attempt to say goodbye; then everything the enrollment brought is gone. */
  checkOut(): Promise<void>
  /**
   * A user logs in, by the id of their channel: whether they are managed from now on. For a network user of a Mac the server is
   * asked each time.
   */
  logIn(channelId: string): Promise<boolean>
  /** Nothing happens on the user's channel until they are back; what it holds stays. */
  logOut(channelId: string): void
  /**
   * A person ends their session on a device that is shared: it asks the server, erases itself if it may, and enrolls again by the
   * profile that came with the answer. Whether it did erase itself.
   */
  returnToService(): Promise<boolean>
  /** Hands a Mac's bootstrap token to the server, or has it deleted when it is null. Happens by itself at enrollment. */
  setBootstrapToken(token: Uint8Array | null): Promise<void>
  /** Asks the server for it, as a Mac does that needs it; null when the server has none. */
  bootstrapToken(): Promise<Uint8Array | null>
  /** Of an iPhone: where a Watch enrolls that is paired with it. Null where its declarations do not manage Watches. */
  watchEnrollment(): WatchEnrollment | null
  /** Of an iPhone: gets the token by which a Watch enrolls, by its UDID. Rejects with DeviceError `pairing-refused`. */
  pairingToken(securityToken: string, watch: string): Promise<Uint8Array>
  /** A push arrived: the channel with that token connects. False when it is nobody's. */
  push(tokenHex: string): Promise<boolean>
  /** Connects until a zero-byte 200. The device channel when no id is given. Does not reject when the server fails. */
  connect(channelId?: string): Promise<void>
  /** What a DeclarativeManagement without Data starts. */
  sync(channelId?: string): Promise<void>
  /** The full report of each channel, then its tokens. Also happens by itself, every 24 hours. */
  daily(): Promise<void>
  /** No request is in flight, and nothing is about to be sent without the clock moving on. */
  settled(): Promise<void>
  readonly model: DeviceModel
  inspect(): DeviceView
  /** How a message to CheckInURL or ServerURL travels that is said in its name; null where no enrollment profile is installed. */
  seal(body: Uint8Array, to: 'checkInUrl' | 'serverUrl'): Sealed | null
  /** The last requests, oldest first; bounded. */
  readonly requests: readonly DeviceRequest[]
  save(): DeviceState
  /** Cancels everything scheduled: the device is switched off and does nothing any more. */
  stop(): void
}

/**
 * Makes a device, switched on and not enrolled, or as `state` says.
 * @throws {DeviceError} `state-foreign` when `state` is that of another device
 */
export function createDevice(options: DeviceOptions): Device {
  const device = new SimulatedDevice(options)
  return {
    get id() {
      return device.own.id
    },
    channels: () => device.channels,
    enroll: (way) => device.wire.track(device.enroll(way)),
    checkOut: () => device.wire.track(device.checkOut()),
    logIn: (channelId) => device.wire.track(device.logIn(channelId)),
    logOut: (channelId) => device.logOut(channelId),
    returnToService: () => device.wire.track(device.returnToService()),
    setBootstrapToken: (token) => device.wire.track(device.setBootstrapToken(token)),
    bootstrapToken: () => device.wire.track(device.bootstrapToken()),
    watchEnrollment: () => device.watchEnrollment(),
    pairingToken: (securityToken, watch) => device.wire.track(device.pairingToken(securityToken, watch)),
    push: (tokenHex) => device.push(tokenHex),
    connect: async (channelId) => device.channel(channelId).session.connect(),
    sync: async (channelId) => device.channel(channelId).management.requestSync(),
    daily: () => device.daily(),
    settled: () => device.wire.rest(),
    model: device.controls,
    inspect: () => device.inspect(),
    seal: (body, to) => device.wire.seal(body, to) ?? null,
    get requests() {
      return device.wire.log.entries
    },
    save: () => device.save(),
    stop: () => device.stop(),
  }
}
