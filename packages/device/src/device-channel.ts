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
  identity: ChannelIdentity
  readonly #device: CoreDevice
  readonly #answer: (channel: DeviceChannel) => AnswerCommand
  session: Session
  management: Management
  /** Of a user who is logged out nothing happens. The device is always there. */
  loggedIn: boolean
  /** A user of a Shared iPad who logged in waits in Setup Assistant until UserConfigured. */
  awaiting = false

  constructor(
    device: CoreDevice,
    identity: ChannelIdentity,
    answer: (channel: DeviceChannel) => AnswerCommand,
    connection: ConnectionState = newConnectionState(),
    management: ManagementState = newManagementState(),
    loggedIn = !identity.network,
  ) {
    this.#device = device
    this.identity = identity
    this.loggedIn = loggedIn
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

  /** The enrollment ended: everything it brought is gone, and what is under way has no effect. The next one may have another id. */
  wipe(identity = this.identity): void {
    this.stop()
    this.identity = identity
    this.loggedIn = !this.identity.network
    this.awaiting = false
    this.#begin(newConnectionState(), newManagementState())
  }

  /** What the user holds stays until they are back. */
  logOut(): void {
    this.stop()
    this.loggedIn = false
    this.awaiting = false
  }

  logIn(awaiting = false): void {
    this.loggedIn = true
    this.awaiting = awaiting
    this.#begin(this.session.state, this.management.state)
    this.resume()
  }

  #begin(connection: ConnectionState, management: ManagementState): void {
    this.session = new Session(this.#device, this.identity, connection, this.#answer(this))
    this.management = new Management(this.#device, this.identity, connection, management)
  }

  stop(): void {
    this.session.stop()
    this.management.stop()
  }

  resume(): void {
    if (!this.loggedIn) return
    this.session.resume()
    this.management.resume()
  }
}
