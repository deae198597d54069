import { statusItems } from '@edict/catalogue'
import { type PredicateContext, statusContext } from '@edict/predicate'
import {
  decodeTokensResponse,
  type Endpoint,
  encodeStatusReport,
  isJsonObject,
  type Json,
  type JsonObject,
  ProtocolError,
  type TokensResponse,
} from '@edict/protocol'
import { type AppDemand, demandedApps } from './content/app-demand.ts'
import { assetContent, dataUrlOf, inlineContent } from './content/asset-content.ts'
import { type Profile, readProfile } from './content/profile.ts'
import type { CoreDevice } from './core-device.ts'
import { backOffAfter, retryAfterOf } from './declaration/back-off.ts'
import { type Evaluation, evaluate, nothingInForce } from './declaration/evaluate.ts'
import { type Held, heldKey } from './declaration/held.ts'
import { loadBody, loaded, type Reader } from './declaration/load.ts'
import { compiledPredicate } from './declaration/predicate.ts'
import { profileUrlOf, progressOf } from './declaration/progress.ts'
import { propertiesOf } from './declaration/properties.ts'
import { type DeclarationStates, declarationStates, declarationsItem, type Progress } from './declaration/states.ts'
import { subscriptionsOf } from './declaration/subscriptions.ts'
import { type Asked, type Failure, synchronize } from './declaration/synchronize.ts'
import type { ChannelIdentity } from './identity.ts'
import type { ManagementState } from './management-state.ts'
import { appleJson } from './status/apple-json.ts'
import type { InForce } from './status/in-force.ts'
import {
  type Change,
  errorChange,
  keepOnly,
  markAcknowledged,
  markSent,
  objectsChange,
  statusItemsOf,
  valueChange,
} from './status/reported.ts'
import { type Subject, statusValue } from './status/values.ts'
import { Timer } from './timer.ts'
import type { Answer } from './transport.ts'

const day = 86_400_000
const longestDownloadWait = 3_600_000
const management = ['management.client-capabilities', 'management.declarations'] as const

// In the first report of an enrollment and in full ones, whether or not something subscribes to them.
const facts = [
  'device.identifier.serial-number',
  'device.identifier.udid',
  'device.model.family',
  'device.operating-system.build-version',
  'device.operating-system.family',
  'device.operating-system.supplemental.extra-version',
  'device.operating-system.version',
] as const

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
  readonly #downloadTimer: Timer

  constructor(device: CoreDevice, channel: ChannelIdentity, push: PushKeys, state: ManagementState) {
    this.#device = device
    this.#channel = channel
    this.#push = push
    this.state = state
    this.#dueTimer = new Timer(device.clock, () => this.#due())
    this.#backOffTimer = new Timer(device.clock, () => void this.pump())
    this.#dailyTimer = new Timer(device.clock, () => void this.daily())
    this.#downloadTimer = new Timer(device.clock, () => this.#retryDownloads())
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
    for (const timer of [this.#dueTimer, this.#backOffTimer, this.#dailyTimer, this.#downloadTimer]) timer.clear()
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
    this.#retryDownloads()
    return this.pump()
  }

  networkCameBack(): void {
    if (this.state.backOff?.network === true) this.state.backOff = { ...this.state.backOff, until: 0 }
    this.#retryDownloads()
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
    return this.#configurations(evaluation)
      .filter(({ declaration }) => declaration?.Type === 'com.apple.configuration.passcode.settings')
      .map(({ identifier, serverToken }) => `${this.#channel.id} ${identifier} ${serverToken}`)
  }

  /** Profiles that active configurations installed. */
  profiles(): readonly Profile[] {
    return this.#configurations(this.#evaluation)
      .map(({ identifier }) => this.state.profiles.get(identifier)?.profile ?? null)
      .filter((profile) => profile !== null)
  }

  editAccount(declaration: string, key: string, value: Json): boolean {
    if (!this.#configurations(this.#evaluation).some(({ identifier }) => identifier === declaration)) return false
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
    return subscriptionsOf(this.#inForce(this.#evaluation).map(({ declaration }) => declaration))
  }

  declarations(evaluation = this.#evaluation): DeclarationStates {
    const { held, assets, profiles } = this.state
    const applied = new Map<string, Progress>(
      this.#configurations(evaluation).map((held) => [held.identifier, progressOf(held, assets, profiles)]),
    )
    return declarationStates({ held, evaluation, applied, assets })
  }

  pending(): readonly string[] {
    return this.state.enabled ? this.#changes(false).map(({ item }) => item) : []
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
    const changes = this.#changes(full)
    if (changes.length === 0 && state.reported.introduced) {
      state.wantsStatus = 'no'
      return
    }
    const introduces = full || !state.reported.introduced ? this.#facts() : []
    state.wantsStatus = 'no'
    this.#clearDue()
    markSent(changes, state.reported)
    const asked = await this.#ask({ kind: 'status' }, this.#reportBody([...introduces, ...changes], full))
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

  #reportBody(changes: readonly Change[], full: boolean): Uint8Array {
    const { fullReportPlace, removedKey, prettyReports } = this.#device.switches
    const inside = full && fullReportPlace === 'inside'
    const StatusItems = { ...statusItemsOf(changes, removedKey), ...(inside ? { FullReport: true } : {}) }
    const Errors = changes
      .filter(({ kind }) => kind === 'error')
      .map(({ item }) => ({
        StatusItem: item,
        Reasons: [{ Code: 'Error.StatusItemNotAvailable', Description: `The status item “${item}” is not available` }],
      }))
    if (!prettyReports) return encodeStatusReport({ StatusItems, Errors, FullReport: full && !inside })
    const document = { StatusItems, Errors, ...(full && !inside ? { FullReport: true } : {}) }
    return new TextEncoder().encode(appleJson(document))
  }

  #reportable(): readonly string[] {
    const { statusItems: supported } = this.#device.capabilities(this.#channel.kind)
    const wanted = new Set<string>([...management, ...this.subscriptions()])
    return [...wanted].filter((item) => supported.has(item) && item !== 'test.error-value').sort()
  }

  #unreportable(): readonly string[] {
    const reportable = new Set(this.#reportable())
    return this.subscriptions().filter((item) => !reportable.has(item))
  }

  #changes(all: boolean): readonly Change[] {
    const { reported } = this.state
    const subject = this.#subject(this.#evaluation)
    const changes = this.#reportable().map((item) => {
      const value = statusValue(item, subject)
      return Array.isArray(value) && statusItems.get(item)?.identified === true
        ? objectsChange(item, value.filter(isJsonObject), reported, all)
        : valueChange(item, value, reported, all)
    })
    const errors = this.#unreportable().map((item) => errorChange(item, reported, all))
    return [...changes, ...errors].filter((change) => change !== undefined)
  }

  #facts(): readonly Change[] {
    const { statusItems: supported } = this.#device.capabilities(this.#channel.kind)
    const subject = this.#subject(this.#evaluation)
    const others = facts.filter((item) => supported.has(item) && !this.#reportable().includes(item))
    return others
      .map((item) => valueChange(item, statusValue(item, subject), this.state.reported, true))
      .filter((change) => change !== undefined)
  }

  /** Starts to gather when there is something to report: the wait is measured from the first change. */
  #gather(): void {
    const { state } = this
    const { clock, aggregate } = this.#device
    if (state.dueAt !== null || state.wantsStatus !== 'no' || this.#changes(false).length === 0) return
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
    const { switches } = this.#device
    const previous = this.#evaluation
    this.#evaluation = evaluate({
      held: this.state.held,
      previous,
      reasonListsAsText: switches.reasonListsAsText,
      outcome: (source, provisional) => this.#outcome(source, provisional),
    })
    this.#prune()
    for (const asset of this.#evaluation.assets) this.#wantAsset(asset)
    for (const held of this.#configurations(this.#evaluation)) {
      this.#wantProfile(held, !previous.configurations.has(held.identifier))
    }
    if (switches.profilesAheadOfActivation) {
      for (const held of this.state.held.values())
        if (held.load.loaded && held.load.fits) this.#wantProfile(held, false)
    }
    this.#reconcileApps()
    keepOnly(new Set([...this.#reportable(), ...this.#unreportable()]), this.state.reported)
    this.#gather()
  }

  #outcome(source: string, provisional: Evaluation) {
    const { switches } = this.#device
    const { statusItems: supported } = this.#device.capabilities(this.#channel.kind)
    const predicate = compiledPredicate(source)
    const subject = this.#subject(provisional)
    const subscribed = switches.predicateNeedsSubscription ? new Set(this.#reportable()) : supported
    const values: Record<string, Json> = {}
    for (const name of predicate.statusNames) {
      const item = itemOf(name, supported)
      if (item === undefined && switches.predicateUnknownItem === 'error') {
        const message = `Cannot evaluate predicate: ${name} is no status item of this device`
        const at = { offset: 0, line: 1, column: 1 }
        return { kind: 'error', stage: 'evaluate', code: 'status-unknown', message, at } as const
      }
      const value = item !== undefined && subscribed.has(item) ? statusValue(item, subject) : undefined
      if (item !== undefined && value !== undefined) values[item] = value
    }
    const context: PredicateContext = statusContext(values, this.properties())
    return predicate.run({ ...context, now: this.#device.clock.now(), random: () => this.#device.draw() })
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
    }
  }

  /** Active, understood, and of a type that this channel can have. */
  #configurations(evaluation: Evaluation): readonly Held[] {
    return [...evaluation.configurations]
      .map((identifier) => this.state.held.get(heldKey('configuration', identifier)))
      .filter((held) => held !== undefined)
      .filter(({ load }) => load.loaded && load.fits)
  }

  #inForce(evaluation: Evaluation): readonly InForce[] {
    const { assets, profiles, edits } = this.state
    return this.#configurations(evaluation).flatMap((held): readonly InForce[] => {
      const { identifier, serverToken, declaration } = held
      if (declaration === null || progressOf(held, assets, profiles).phase !== 'done') return []
      const asset: InForce['asset'] = (name) => assets.get(name)?.content ?? undefined
      return [{ identifier, serverToken, declaration, asset, edits: edits.get(identifier) ?? new Map<string, Json>() }]
    })
  }

  #prune(): void {
    const { assets, profiles, edits, held } = this.state
    for (const [identifier, { serverToken }] of assets) {
      const current = held.get(heldKey('asset', identifier))?.serverToken === serverToken
      if (!current || !this.#evaluation.assets.has(identifier)) assets.delete(identifier)
    }
    for (const identifier of profiles.keys()) {
      const ahead = this.#device.switches.profilesAheadOfActivation && held.has(heldKey('configuration', identifier))
      if (!ahead && !this.#evaluation.configurations.has(identifier)) profiles.delete(identifier)
    }
    for (const identifier of edits.keys())
      if (!this.#evaluation.configurations.has(identifier)) edits.delete(identifier)
  }

  #wantAsset(identifier: string): void {
    const held = this.state.held.get(heldKey('asset', identifier))
    const declaration = held?.declaration
    if (held === undefined || declaration == null || this.state.assets.has(identifier)) return
    const { serverToken } = held
    const url = dataUrlOf(declaration)
    const base = { serverToken, reasons: [], content: null, mayRecover: false }
    if (url === undefined) {
      this.state.assets.set(identifier, { ...base, phase: 'done', content: inlineContent(declaration) })
      return
    }
    this.state.assets.set(identifier, { ...base, phase: 'working' })
    this.#download(url, (answer) => {
      if (this.state.assets.get(identifier)?.serverToken !== serverToken) return
      const outcome = assetContent(declaration, answer)
      this.state.assets.set(
        identifier,
        outcome.phase === 'done'
          ? { ...base, ...outcome }
          : { ...base, phase: 'failed', reasons: [outcome.reason], mayRecover: outcome.mayRecover },
      )
    })
  }

  #wantProfile(held: Held, again: boolean): void {
    const { identifier, serverToken } = held
    const url = profileUrlOf(held)
    const known = this.state.profiles.get(identifier)
    const current = known?.serverToken === serverToken
    if (url === undefined || (current && !(again && known.phase === 'failed'))) return
    const base = { serverToken, problem: null, profile: known?.profile ?? null, mayRecover: false }
    this.state.profiles.set(identifier, { ...base, phase: 'working' })
    this.#download(url, (answer) => {
      if (this.state.profiles.get(identifier)?.serverToken !== serverToken) return
      const outcome = readProfile(answer)
      this.state.profiles.set(
        identifier,
        outcome.phase === 'done'
          ? { ...base, ...outcome }
          : { ...base, phase: 'failed', problem: outcome.problem, mayRecover: outcome.mayRecover },
      )
    })
  }

  #download(url: string, arrived: (answer: Answer | null) => void): void {
    const work = async (): Promise<void> => {
      // Never before the caller has noted what it waits for.
      await Promise.resolve()
      const answer = await this.#device.wire.fetch(this.#channel.id, url)
      if (this.#stopped) return
      arrived(answer)
      if (answer?.status !== 200) this.#scheduleDownloads()
      this.#device.changed()
    }
    void this.#device.wire.track(work())
  }

  #scheduleDownloads(): void {
    const { clock, switches } = this.#device
    const wait = Math.min(switches.networkRetry * 1000 * 2 ** this.state.downloadRetries, longestDownloadWait)
    if (this.#downloadTimer.isSet || !this.#recoverable()) return
    this.state.downloadRetries++
    this.#downloadTimer.set(clock.now() + wait)
  }

  #recoverable(): boolean {
    return [...this.state.assets.values(), ...this.state.profiles.values()].some(({ mayRecover }) => mayRecover)
  }

  #retryDownloads(): void {
    this.#downloadTimer.clear()
    if (this.#stopped || !this.#recoverable()) {
      this.state.downloadRetries = 0
      return
    }
    for (const [identifier, { mayRecover }] of this.state.assets) if (mayRecover) this.state.assets.delete(identifier)
    for (const [identifier, { mayRecover }] of this.state.profiles)
      if (mayRecover) this.state.profiles.delete(identifier)
    this.#reconcile()
  }

  #reconcileApps(): void {
    const { apps } = this.state
    const { model, identity, clock, switches } = this.#device
    const demands = demandedApps(this.#inForce(this.#evaluation))
    for (const [bundleId, app] of apps) {
      if (demands.get(bundleId)?.declaration !== app.declaration) apps.delete(bundleId)
    }
    for (const [bundleId, demand] of demands) {
      if (apps.has(bundleId)) continue
      const asks = !identity.supervised
      apps.set(bundleId, newDeclaredApp(demand, asks, installedAt(clock.now(), switches.installSeconds)))
      // Apps that declarations manage are no longer those of InstallApplication.
      model.apps.delete(bundleId)
    }
  }

  #reader(): Reader {
    const { traits, model, switches } = this.#device
    const capabilities = this.#device.capabilities(this.#channel.kind)
    return { capabilities, platform: traits.platform, osVersion: model.osVersion, switches }
  }
}

/** The longest name of a supported item that `name` is, or is below. */
function itemOf(name: string, supported: ReadonlySet<string>): string | undefined {
  for (let end = name.length; end > 0; end = name.lastIndexOf('.', end - 1)) {
    const item = name.slice(0, end)
    if (supported.has(item)) return item
  }
  return undefined
}

function installedAt(now: number, seconds: number | null): number | null {
  return seconds === null ? null : now + seconds * 1000
}

function newDeclaredApp(demand: AppDemand, asks: boolean, proceedsAt: number | null) {
  const { required, ...app } = demand
  if (!required) return { ...app, state: 'optional', proceedsAt: null } as const
  return asks
    ? ({ ...app, state: 'prompting-for-consent', proceedsAt: null } as const)
    : ({ ...app, state: 'installing', proceedsAt } as const)
}
