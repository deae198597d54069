import type { Outcome } from '@edict/predicate'
import {
  decodeTokensResponse,
  type Endpoint,
  type Json,
  type JsonObject,
  ProtocolError,
  type TokensResponse,
} from '@edict/protocol'
import { arrangeApps } from './content/declared-apps.ts'
import { Downloads } from './content/downloads.ts'
import type { Profile } from './content/profile.ts'
import type { CoreDevice } from './core-device.ts'
import { backOffAfter, retryAfterOf } from './declaration/back-off.ts'
import { type Evaluation, evaluate, nothingInForce } from './declaration/evaluate.ts'
import { activeConfigurations, configurationsInForce } from './declaration/in-force.ts'
import { isA } from './declaration/is-a.ts'
import { loadBody, loaded, type Reader } from './declaration/load.ts'
import { predicateOutcome } from './declaration/predicate.ts'
import { progressOf } from './declaration/progress.ts'
import { propertiesOf } from './declaration/properties.ts'
import { type DeclarationStates, declarationStates, declarationsItem, type Progress } from './declaration/states.ts'
import { subscriptionsOf } from './declaration/subscriptions.ts'
import { type Asked, type Failure, synchronize } from './declaration/synchronize.ts'
import { watchEnrollmentOf } from './enroll/watch-enrollment.ts'
import type { WatchEnrollment } from './enroll/way.ts'
import type { ChannelIdentity } from './identity.ts'
import type { ManagementState } from './management-state.ts'
import {
  changesOf,
  factsOf,
  type Reportable,
  reportableItems,
  reportBody,
  unreportableItems,
} from './status/changes.ts'
import type { InForce } from './status/in-force.ts'
import { keepOnly, markAcknowledged, markSent } from './status/reported.ts'
import { type Subject, statusValue } from './status/values.ts'
import { Timer } from './timer.ts'
import type { Answer } from './transport.ts'

const day = 86_400_000

/** How often what is in force is decided at once, where one thing leads to the next; what goes in a circle does not go on for ever. */
const mostRounds = 8

export interface PushKeys {
  readonly pushToken: string | null
  readonly pushMagic: string | null
}

/** Declarative management of one channel: what is held, what is in force, what the server knows of it. */
export class Management {
  readonly #device: CoreDevice
  readonly #channel: ChannelIdentity
  readonly #push: PushKeys
  readonly state: ManagementState
  #evaluation: Evaluation = nothingInForce
  #running: Promise<void> | null = null
  #stopped = false
  readonly #dueTimer: Timer
  readonly #backOffTimer: Timer
  readonly #dailyTimer: Timer
  readonly #downloads: Downloads

  constructor(device: CoreDevice, channel: ChannelIdentity, push: PushKeys, state: ManagementState) {
    this.#device = device
    this.#channel = channel
    this.#push = push
    this.state = state
    this.#dueTimer = new Timer(device.clock, () => this.#due())
    this.#backOffTimer = new Timer(device.clock, () => void this.pump())
    this.#dailyTimer = new Timer(device.clock, () => void this.daily())
    this.#downloads = new Downloads(device, channel.id, state)
  }

  get evaluation(): Evaluation {
    return this.#evaluation
  }

  /** Goes on after the device was switched on again. */
  resume(): void {
    const { state } = this
    if (!state.enabled) return
    this.#reconcile()
    if (state.dueAt !== null) this.#dueTimer.set(state.dueAt)
    if (state.nextDaily !== null) this.#dailyTimer.set(state.nextDaily)
    void this.pump()
  }

  /** The enrollment is over: whatever is under way has no effect any more. */
  stop(): void {
    this.#stopped = true
    for (const timer of [this.#dueTimer, this.#backOffTimer, this.#dailyTimer]) timer.clear()
    this.#downloads.stop()
  }

  /** A DeclarativeManagement command was acknowledged. `data` is what it carried. */
  commanded(data: Uint8Array | undefined): Promise<void> {
    const { state } = this
    const { switches, clock } = this.#device
    let offered: TokensResponse | null = null
    try {
      if (data !== undefined) offered = decodeTokensResponse(data, switches.strict ? 'strict' : 'lenient')
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
      state.problem = error.message
      if (state.enabled) return Promise.resolve()
    }
    const first = !state.enabled
    if (first) {
      state.enabled = true
      state.wantsStatus = 'changes'
      state.nextDaily = clock.now() + day
      this.#dailyTimer.set(state.nextDaily)
      this.#reconcile()
    }
    state.wantsSync = { offered: first && switches.tokensOnEnable ? null : offered }
    return this.pump()
  }

  requestSync(): Promise<void> {
    this.state.wantsSync = { offered: null }
    return this.pump()
  }

  /** The full report, then the tokens. */
  daily(): Promise<void> {
    const { state } = this
    if (!state.enabled) return Promise.resolve()
    state.nextDaily = this.#device.clock.now() + day
    this.#dailyTimer.set(state.nextDaily)
    state.wantsStatus = 'full'
    state.wantsSync = { offered: null }
    this.#downloads.again()
    return this.pump()
  }

  networkCameBack(): void {
    if (this.state.backOff?.network === true) this.state.backOff = { ...this.state.backOff, until: 0 }
    this.#downloads.again()
    void this.pump()
  }

  /** The OS or the enrollment is another: what could not be read may be understood now. */
  reload(): void {
    const { state } = this
    for (const [key, held] of state.held) state.held.set(key, loaded(held, held.declaration, this.#reader()))
  }

  /** Something about the device, or about another channel, is different. */
  modelChanged(): void {
    if (this.state.enabled && !this.#stopped) this.#reconcile()
  }

  /** Identifiers and tokens of the passcode policies that are in force on this channel. */
  policies(evaluation = this.#evaluation): readonly string[] {
    return activeConfigurations(this.state, evaluation)
      .filter(({ declaration }) => isA(declaration, 'com.apple.configuration.passcode.settings'))
      .map(({ identifier, serverToken }) => `${this.#channel.id} ${identifier} ${serverToken}`)
  }

  /** Profiles that active configurations installed. */
  profiles(): readonly Profile[] {
    return activeConfigurations(this.state, this.#evaluation)
      .map(({ identifier }) => this.state.profiles.get(identifier)?.profile ?? null)
      .filter((profile) => profile !== null)
  }

  /** A person wants a package that they may have; undefined: all of them. */
  tapInstall(bundleId: string | undefined): void {
    this.#downloads.tapped(bundleId)
  }

  watchEnrollment(): WatchEnrollment | null {
    return watchEnrollmentOf(this.#inForce())
  }

  /** False when no active configuration has that Identifier. */
  editAccount(declaration: string, key: string, value: Json): boolean {
    const active = activeConfigurations(this.state, this.#evaluation)
    if (!active.some(({ identifier }) => identifier === declaration)) return false
    const edits = this.state.edits.get(declaration) ?? new Map<string, Json>()
    edits.set(key, value)
    this.state.edits.set(declaration, edits)
    return true
  }

  properties(): JsonObject {
    const { seed, switches } = this.#device
    return propertiesOf(this.state.held.values(), seed, switches.duplicateProperty)
  }

  subscriptions(): readonly string[] {
    return subscriptionsOf(this.#inForce().map(({ declaration }) => declaration))
  }

  declarations(evaluation = this.#evaluation): DeclarationStates {
    const { held, assets, profiles } = this.state
    const applied = new Map<string, Progress>(
      activeConfigurations(this.state, evaluation).map((held) => [held.identifier, progressOf(held, assets, profiles)]),
    )
    return declarationStates({ held, evaluation, applied, assets })
  }

  /** Names of the items whose change the server is not known to have. */
  pending(): readonly string[] {
    return this.state.enabled ? changesOf(this.#reportable, this.state.reported, false).map(({ item }) => item) : []
  }

  statusValues(): JsonObject {
    const subject = this.#subject(this.#evaluation)
    const values: Record<string, Json> = {}
    for (const item of this.#device.capabilities(this.#channel.kind).statusItems) {
      const value = statusValue(item, subject)
      if (value !== undefined) values[item] = value
    }
    return values
  }

  /** Does what there is to do until nothing is left, or something has to be waited for. One at a time. */
  pump(): Promise<void> {
    this.#running ??= this.#device.wire.track(
      this.#work().finally(() => {
        this.#running = null
        // What came up after the last look is not left lying.
        if (this.#hasWork() && this.#mayWork()) void this.pump()
      }),
    )
    return this.#running
  }

  #hasWork(): boolean {
    return this.state.wantsStatus !== 'no' || this.state.wantsSync !== null
  }

  async #work(): Promise<void> {
    // Sending begins after whoever asked for it is done, as on a connection of its own.
    await Promise.resolve()
    while (this.#mayWork()) {
      if (this.state.wantsStatus !== 'no') await this.#report()
      else if (this.state.wantsSync !== null) await this.#synchronize(this.state.wantsSync)
      else return
    }
  }

  #mayWork(): boolean {
    const { state } = this
    const { model, clock, switches } = this.#device
    if (this.#stopped || !state.enabled || state.crashed || !model.online) return false
    if (state.backOff !== null && clock.now() < state.backOff.until) {
      this.#backOffTimer.set(state.backOff.until)
      return false
    }
    const waits = switches.syncWaitsForConfiguration && model.awaitingConfiguration
    return state.wantsStatus !== 'no' || !waits
  }

  async #synchronize(wanted: NonNullable<ManagementState['wantsSync']>): Promise<void> {
    const { state } = this
    const { switches } = this.#device
    const outcome = await synchronize(
      state,
      {
        switches,
        ask: (endpoint) => this.#ask(endpoint),
        load: (entry, body) => loadBody(entry, body, this.#reader()),
      },
      wanted.offered,
    )
    if (this.#stopped) return
    if (outcome.kind === 'failed') {
      this.#failed(outcome)
      // What was offered may be outdated when it is tried again.
      if (state.wantsSync === wanted) state.wantsSync = { offered: null }
      return
    }
    if (outcome.kind === 'stopped') state.problem = outcome.problem
    if (state.wantsSync === wanted) state.wantsSync = null
    if (outcome.kind !== 'changed') return
    if (switches.tokensAfterChange) state.wantsSync ??= { offered: null }
    this.#device.changed()
  }

  async #ask(endpoint: Endpoint, Data?: Uint8Array): Promise<Asked> {
    const answer = await this.#send(endpoint, Data)
    if (answer === 'unspeakable') return { kind: 'missing' }
    if (this.#stopped) return { kind: 'failed', status: null, retryAfter: null }
    if (answer?.status === 404 && endpoint.kind === 'declaration') {
      this.state.backOff = null
      return { kind: 'missing' }
    }
    const empty = answer?.body.length === 0 && endpoint.kind !== 'status'
    if (answer?.status !== 200 || empty) {
      const retryAfter = retryAfterOf(answer?.headers['retry-after'], this.#device.clock.now())
      return { kind: 'failed', status: answer?.status ?? null, retryAfter }
    }
    this.state.backOff = null
    return { kind: 'body', body: answer.body }
  }

  /** An identifier that cannot be written into an Endpoint cannot be asked for either. */
  async #send(endpoint: Endpoint, Data: Uint8Array | undefined): Promise<Answer | null | 'unspeakable'> {
    const message = { MessageType: 'DeclarativeManagement', ...this.#channel.keys, Endpoint: endpoint } as const
    try {
      return await this.#device.wire.checkIn(this.#channel.id, Data === undefined ? message : { ...message, Data })
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
      this.state.problem = error.message
      return 'unspeakable'
    }
  }

  #failed(failure: Failure): void {
    const { clock, switches } = this.#device
    const waits = { first: switches.backOff, network: switches.networkRetry }
    this.state.backOff = backOffAfter(failure, this.state.backOff, clock.now(), waits)
  }

  async #report(): Promise<void> {
    const { state } = this
    const { switches } = this.#device
    const full = state.wantsStatus === 'full'
    const changes = changesOf(this.#reportable, this.state.reported, full)
    if (changes.length === 0 && state.reported.introduced) {
      state.wantsStatus = 'no'
      return
    }
    const introduces = full || !state.reported.introduced ? factsOf(this.#reportable, state.reported) : []
    state.wantsStatus = 'no'
    this.#clearDue()
    markSent(changes, state.reported)
    const asked = await this.#ask({ kind: 'status' }, reportBody([...introduces, ...changes], full, switches))
    if (this.#stopped) return
    if (asked.kind !== 'body') {
      state.wantsStatus = full || this.#wantsFull() ? 'full' : 'changes'
      if (switches.statusCrashOn204 && asked.kind === 'failed' && asked.status === 204) state.crashed = true
      else if (asked.kind === 'failed') this.#failed(asked)
      return
    }
    markAcknowledged(changes, state.reported, full)
    this.#gather()
  }

  /** A full report may have become due while another was under way. */
  #wantsFull(): boolean {
    return this.state.wantsStatus === 'full'
  }

  /** Starts to gather when there is something to report: the wait is measured from the first change. */
  #gather(): void {
    const { state } = this
    const { clock, aggregate } = this.#device
    if (state.dueAt !== null || state.wantsStatus !== 'no' || this.pending().length === 0) return
    state.dueAt = clock.now() + aggregate
    this.#dueTimer.set(state.dueAt)
  }

  #due(): void {
    this.#clearDue()
    if (this.state.wantsStatus === 'no') this.state.wantsStatus = 'changes'
    void this.pump()
  }

  #clearDue(): void {
    this.state.dueAt = null
    this.#dueTimer.clear()
  }

  /** Brings what is in force in line with what is held and with the device as it is, and notes what changed. */
  #reconcile(): void {
    const { state } = this
    const { switches, identity, model, clock } = this.#device
    // An asset that is there at once may complete an account, which predicates may read.
    for (let again = true, round = 0; again && round < mostRounds; round++) {
      const previous = this.#evaluation
      this.#evaluation = evaluate({
        held: state.held,
        previous,
        reasonListsAsText: switches.reasonListsAsText,
        outcome: (source, provisional) => this.#outcome(source, provisional),
      })
      again = this.#downloads.arrange(this.#evaluation, previous)
    }
    for (const identifier of state.edits.keys()) {
      if (!this.#evaluation.configurations.has(identifier)) state.edits.delete(identifier)
    }
    arrangeApps(state.apps, this.#inForce(), {
      asks: !identity.supervised,
      installedAt: switches.installSeconds === null ? null : clock.now() + switches.installSeconds * 1000,
      packages: state.packages,
      others: model.apps,
    })
    const reportable = this.#reportable
    keepOnly(new Set([...reportableItems(reportable), ...unreportableItems(reportable)]), state.reported)
    this.#gather()
  }

  #outcome(source: string, provisional: Evaluation): Outcome {
    const { switches, clock } = this.#device
    const { supported } = this.#reportable
    const subject = this.#subject(provisional)
    return predicateOutcome(source, {
      supported,
      readable: switches.predicateNeedsSubscription ? new Set(reportableItems(this.#reportable)) : supported,
      unknownItem: switches.predicateUnknownItem,
      properties: this.properties(),
      value: (item) => statusValue(item, subject),
      now: clock.now(),
      random: () => this.#device.draw(),
    })
  }

  #subject(evaluation: Evaluation): Subject {
    const { seed, traits, identity, model } = this.#device
    const own = this.policies(evaluation)
    return {
      seed: `${seed} ${this.#channel.id}`,
      traits,
      identity,
      model,
      pushToken: this.#push.pushToken,
      pushMagic: this.#push.pushMagic,
      clientCapabilities: this.#device.capabilities(this.#channel.kind).report,
      declarations: () => declarationsItem(this.declarations(evaluation)),
      configurations: () => this.#inForce(evaluation),
      policies: () => [
        ...this.#device.policies().filter((policy) => !policy.startsWith(`${this.#channel.id} `)),
        ...own,
      ],
      declaredApps: this.state.apps,
      packages: this.state.packages,
    }
  }

  get #reportable(): Reportable {
    const subject = this.#subject(this.#evaluation)
    return {
      supported: this.#device.capabilities(this.#channel.kind).statusItems,
      subscriptions: this.subscriptions(),
      value: (item) => statusValue(item, subject),
    }
  }

  #inForce(evaluation = this.#evaluation): readonly InForce[] {
    return configurationsInForce(this.state, evaluation)
  }

  #reader(): Reader {
    const { traits, model, switches } = this.#device
    const capabilities = this.#device.capabilities(this.#channel.kind)
    return { capabilities, platform: traits.platform, osVersion: model.osVersion, switches }
  }
}
