import type { Channel } from './channel.ts'
import type { AnswerCommand } from './connect/session.ts'
import { Session } from './connect/session.ts'
import { type ConnectionState, newConnectionState } from './connection-state.ts'
import type { CoreDevice } from './core-device.ts'
import type { ChannelIdentity } from './identity.ts'
import { Management } from './management.ts'
import { type ManagementState, newManagementState } from './management-state.ts'

/** One channel with its two connections: MDM commands, and declarative management. */
export class DeviceChannel implements Channel {
  readonly identity: ChannelIdentity
  readonly #device: CoreDevice
  readonly #answer: (channel: DeviceChannel) => AnswerCommand
  session: Session
  management: Management

  constructor(
    device: CoreDevice,
    identity: ChannelIdentity,
    answer: (channel: DeviceChannel) => AnswerCommand,
    connection: ConnectionState = newConnectionState(),
    management: ManagementState = newManagementState(),
  ) {
    this.#device = device
    this.identity = identity
    this.#answer = answer
    this.session = new Session(device, identity, connection, answer(this))
    this.management = new Management(device, identity, connection, management)
  }

  get id(): string {
    return this.identity.id
  }

  get kind(): 'device' | 'user' {
    return this.identity.kind
  }

  get userShortName(): string | null {
    return this.identity.userShortName
  }

  get pushToken(): string | null {
    return this.session.state.pushToken
  }

  get pushMagic(): string | null {
    return this.session.state.pushMagic
  }

  /** The enrollment ended: everything it brought is gone, and what is under way has no effect. */
  wipe(): void {
    this.stop()
    const connection = newConnectionState()
    this.session = new Session(this.#device, this.identity, connection, this.#answer(this))
    this.management = new Management(this.#device, this.identity, connection, newManagementState())
  }

  stop(): void {
    this.session.stop()
    this.management.stop()
  }

  resume(): void {
    this.session.resume()
    this.management.resume()
  }
}
