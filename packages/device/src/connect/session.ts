import {
  type Command,
  type CommandResult,
  decodeCommand,
  encodeConnect,
  type PlistDict,
  ProtocolError,
} from '@edict/protocol'
import type { ConnectionState, SentResult } from '../connection-state.ts'
import type { CoreDevice } from '../core-device.ts'
import type { ChannelIdentity } from '../identity.ts'
import { Timer } from '../timer.ts'
import type { CommandAnswer } from './command-answer.ts'

const rememberedResults = 8

// What a locked device answers all the same, by Apple's list.
const alwaysAnswered: ReadonlySet<string> = new Set([
  'ClearPasscode',
  'DeviceInformation',
  'DeviceLock',
  'EraseDevice',
  'InstalledApplicationList',
  'ProfileList',
  'ProvisioningProfileList',
  'Restrictions',
])

export type AnswerCommand = (command: Command['Command']) => Promise<CommandAnswer>

/** The command connection of one channel. */
export class Session {
  readonly #device: CoreDevice
  readonly #channel: ChannelIdentity
  readonly #answer: AnswerCommand
  readonly state: ConnectionState
  readonly #retry: Timer
  #running: Promise<void> | null = null
  #again = false
  #stopped = false
  #afterwards: (() => void)[] = []

  constructor(device: CoreDevice, channel: ChannelIdentity, state: ConnectionState, answer: AnswerCommand) {
    this.#device = device
    this.#channel = channel
    this.state = state
    this.#answer = answer
    this.#retry = new Timer(device.clock, () => void this.connect())
  }

  stop(): void {
    this.#stopped = true
    this.#retry.clear()
  }

  /** Goes on after the device was switched on again, or its network came back. */
  resume(): void {
    if (this.state.unsent !== null || this.state.wantsConnect) void this.connect()
  }

  /** The device can do again what it refused. */
  unlocked(): void {
    if (this.state.refused) void this.connect()
  }

  /** Exchanges messages until a zero-byte 200. Pushes that arrive meanwhile make one more round. */
  connect(): Promise<void> {
    if (this.#running !== null) this.#again = true
    this.#running ??= this.#device.wire.track(
      this.#rounds().finally(() => {
        this.#running = null
      }),
    )
    return this.#running
  }

  async #rounds(): Promise<void> {
    do {
      this.#again = false
      await this.#round()
    } while (this.#again && !this.#stopped)
  }

  async #round(): Promise<void> {
    const { state } = this
    if (this.#stopped || state.pushToken === null) return
    this.#retry.clear()
    let next = state.unsent ?? this.#idle()
    for (;;) {
      const answer = await this.#device.wire.connect(this.#channel.id, next.body, next.label)
      if (this.#stopped) return
      // What a command starts goes on, whether or not its result arrived.
      this.#followUp()
      if (answer === null || answer.status < 200 || answer.status > 299) {
        state.wantsConnect = answer === null
        if (answer === null || state.unsent !== null) this.#tryAgain()
        return
      }
      state.wantsConnect = false
      state.unsent = null
      if (answer.body.length === 0) return
      const result = await this.#resultOf(answer.body)
      if (result === null || this.#stopped) return
      state.unsent = result
      if (this.#device.draw() < this.#device.switches.repeatResults) {
        await this.#device.wire.connect(this.#channel.id, result.body, result.label)
        if (this.#stopped) return
      }
      next = result
    }
  }

  #tryAgain(): void {
    const { clock, switches } = this.#device
    this.#retry.set(clock.now() + switches.networkRetry * 1000)
  }

  #followUp(): void {
    for (const run of this.#afterwards.splice(0)) run()
  }

  #idle(): SentResult {
    this.state.refused = false
    return { label: 'Idle', body: encodeConnect({ ...this.#channel.keys, Status: 'Idle' }) }
  }

  async #resultOf(body: Uint8Array): Promise<SentResult | null> {
    const command = readCommand(body)
    if (command === null) return null
    const { CommandUUID, Command } = command
    const { RequestType } = Command
    this.state.refused = this.#refuses(RequestType)
    if (this.state.refused) return this.#encoded({ Status: 'NotNow', CommandUUID, response: {} }, RequestType)
    const known = this.state.results.get(CommandUUID)
    if (known !== undefined) return known
    const answer = await this.#answer(Command)
    if (answer.Status === 'Acknowledged' && answer.afterwards !== undefined) this.#afterwards.push(answer.afterwards)
    const response: PlistDict = answer.Status === 'Acknowledged' ? answer.response : {}
    const chain = answer.Status === 'Error' ? { ErrorChain: answer.ErrorChain } : {}
    const result = this.#encoded({ Status: answer.Status, CommandUUID, ...chain, response }, RequestType)
    this.#remember(CommandUUID, result)
    return result
  }

  #refuses(RequestType: string): boolean {
    const { model, switches } = this.#device
    return model.locked && switches.notNow === 'when-locked' && !alwaysAnswered.has(RequestType)
  }

  #encoded(result: CommandResult, RequestType: string): SentResult {
    return {
      label: `${result.Status} ${RequestType}`,
      body: encodeConnect({ ...result, ...this.#channel.keys }),
    }
  }

  #remember(CommandUUID: string, result: SentResult): void {
    const { results } = this.state
    for (const oldest of [...results.keys()].slice(0, Math.max(results.size - rememberedResults + 1, 0))) {
      results.delete(oldest)
    }
    results.set(CommandUUID, result)
  }
}

/** Null for what is no command: the device ends the session. */
function readCommand(body: Uint8Array): Command | null {
  try {
    return decodeCommand(body)
  } catch (error) {
    if (error instanceof ProtocolError) return null
    throw error
  }
}
