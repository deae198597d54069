import type { KeyObject } from 'node:crypto'
import type { KeyPair } from '@edict/pki'
import { decodeReturnToServiceReply, isJsonObject, type JsonObject, type PlistDict } from '@edict/protocol'
import { askToLogIn } from './ask-to-log-in.ts'
import { escrowsToken, getBootstrapToken, setBootstrapToken } from './bootstrap-token.ts'
import { bypassCode } from './bypass-code.ts'
import { type Capabilities, capabilitiesOf } from './capabilities.ts'
import type { Clock } from './clock.ts'
import { leaveManagement } from './commanded-state.ts'
import { answerCommand } from './connect/answers.ts'
import type { CommandSubject, DeviceUser } from './connect/command-subject.ts'
import type { AnswerCommand } from './connect/session.ts'
import { type App, proceeded } from './content/app.ts'
import { appOf, versionsOf } from './content/app-demand.ts'
import { downloadPackage, type GetOctets } from './content/package-download.ts'
import { manifestIn, type PackageManifest, readManifest } from './content/package-manifest.ts'
import { packageOctets } from './content/package-octets.ts'
import { requestedApp } from './content/requested-app.ts'
import type { CoreDevice } from './core-device.ts'
import { loaded } from './declaration/load.ts'
import { DeviceChannel } from './device-channel.ts'
import { DeviceError } from './device-error.ts'
import type { DeviceKind } from './device-kind.ts'
import type { DeviceModel } from './device-model.ts'
import type { DeviceOptions } from './device-options.ts'
import type { DeviceState } from './device-state.ts'
import type { DeviceView } from './device-view.ts'
import { AccountSession } from './enroll/account-session.ts'
import { changedTerms, hasUsers } from './enroll/changed-terms.ts'
import { type EnrollmentProfile, readEnrollmentProfile } from './enroll/enrollment-profile.ts'
import { type KeySource, newKeys } from './enroll/key-source.ts'
import { machineInfo } from './enroll/machine-info.ts'
import { certificatePem, ManagementProfile } from './enroll/management-profile.ts'
import { obtainIdentity } from './enroll/obtain-identity.ts'
import { obtainProfile } from './enroll/obtain-profile.ts'
import type { ObtainedProfile } from './enroll/obtained-profile.ts'
import { pairingToken } from './enroll/pairing-token.ts'
import { isAutomated, isSameWay, type WatchEnrollment, type Way } from './enroll/way.ts'
import { authenticateMessage, tokenUpdateMessage } from './enrollment-messages.ts'
import { type ChannelIdentity, channelIdentities, type Identity, identityOf } from './identity.ts'
import { inspectChannel } from './inspect-channel.ts'
import { eraseModel, type ModelState, newModelState } from './model-state.ts'
import {
  restoreConnection,
  restoreManagement,
  restoreModel,
  type SavedChannel,
  type SavedDevice,
  saveConnection,
  saveManagement,
  saveModel,
} from './saved-device.ts'
import { seededBytes, seededFraction, seededUUID } from './seeded.ts'
import { type ModelPorts, simulatedModel } from './simulated-model.ts'
import { defaultSwitches, type Switches } from './switches.ts'
import { Timer } from './timer.ts'
import { type Traits, traits } from './traits.ts'
import type { Answer } from './transport.ts'
import { Wire } from './wire.ts'

const defaultAggregate = 60

/** How far an enrollment by a profile has come. */
interface EnrollmentAttempt {
  readonly way: Way
  obtained: ObtainedProfile | null
  key: KeyObject | null
  installed: ManagementProfile | null
}

/** A device put together: its identity, its model, its channels, and the line to the server. */
export class SimulatedDevice implements CoreDevice {
  readonly seed: string
  readonly traits: Traits
  readonly identity: Identity
  readonly switches: Switches
  readonly aggregate: number
  readonly clock: Clock
  readonly wire: Wire
  readonly model: ModelState
  /** What changes the model from outside. */
  readonly controls: DeviceModel
  readonly channels: readonly DeviceChannel[]
  readonly #kind: DeviceKind
  readonly #keys: KeySource
  readonly #appleIdentity: KeyPair | null
  #profile: ManagementProfile | null
  #account: AccountSession | null
  #attempt: EnrollmentAttempt | null = null
  readonly #appTimer: Timer
  #enrolled: boolean
  #enrollments: number
  /** How often a person's own device was to be enrolled by an account. */
  #ownedEnrollments: number
  readonly #identities: (owned: number) => readonly ChannelIdentity[]
  #draws: number

  constructor(options: DeviceOptions) {
    const saved = savedDevice(options)
    this.#kind = options.kind
    this.seed = options.seed
    this.traits = traits[options.kind]
    this.identity = identityOf(options, this.traits)
    this.switches = { ...defaultSwitches, ...options.switches }
    this.aggregate = (options.aggregate ?? defaultAggregate) * 1000
    this.clock = options.clock
    this.model =
      saved === undefined ? newModelState(options.osVersion ?? this.traits.osVersion) : restoreModel(saved.model)
    this.#enrolled = saved?.enrolled ?? false
    this.#enrollments = saved?.enrollments ?? 0
    this.#ownedEnrollments = saved?.ownedEnrollments ?? 0
    this.#identities = (owned) => channelIdentities(options, this.traits, this.identity, owned)
    this.#draws = saved?.draws ?? 0
    this.#keys = options.keys ?? newKeys
    this.#appleIdentity = options.appleIdentity ?? null
    this.#profile = saved?.profile == null ? null : ManagementProfile.restore(saved.profile)
    this.#account = saved?.account == null ? null : new AccountSession(saved.account, options.signIn ?? null)
    this.wire = new Wire({
      transport: options.transport,
      clock: options.clock,
      isOnline: () => this.model.online,
      profile: () => this.#profile,
      account: () => this.#account,
      disowned: () => this.#leave(),
    })
    this.#appTimer = new Timer(options.clock, () => this.#proceedApps())
    this.channels = this.#identities(this.#ownedEnrollments).map((identity) =>
      this.#channel(
        identity,
        saved?.channels.find(({ id }) => id === identity.id),
      ),
    )
    this.controls = simulatedModel(this.#modelPorts())
    if (this.#enrolled) for (const channel of this.channels) channel.resume()
    this.#scheduleApps()
  }

  get own(): DeviceChannel {
    const [own] = this.channels
    if (own === undefined) throw new Error('Cannot find the device channel: a device has no channels')
    return own
  }

  get topic(): string {
    return this.#profile?.terms.topic ?? this.identity.topic
  }

  capabilities(kind: 'device' | 'user'): Capabilities {
    const { platform, enrollment, sharedIPad } = this.traits
    const { supervised } = this.identity
    const scope = kind === 'device' ? 'system' : 'user'
    return capabilitiesOf({ platform, osVersion: this.model.osVersion, enrollment, supervised, sharedIPad, scope })
  }

  policies(): readonly string[] {
    return this.channels.flatMap(({ management }) => management.policies())
  }

  changed(): void {
    for (const { management } of this.channels) management.modelChanged()
    this.#scheduleApps()
  }

  draw(): number {
    this.#draws++
    return seededFraction(this.seed, 'draw', this.#draws)
  }

  channel(id: string | undefined): DeviceChannel {
    const found = id === undefined ? this.own : this.channels.find((channel) => channel.id === id)
    if (found !== undefined) return found
    throw new DeviceError('channel-unknown', `Cannot find channel: ${id} is none of this device`, {
      found: id,
      expected: this.channels.map((channel) => channel.id).join(', '),
    })
  }

  async enroll(way?: Way): Promise<void> {
    this.#leave()
    this.#enrollments++
    if (way !== undefined) await this.#attempted(way)
    await this.#must('Authenticate', this.#authenticate())
    this.#enrolled = true
    if (this.identity.supervised) this.model.commanded.bypassCode = bypassCode(this.seed, this.#enrollments)
    for (const channel of this.#managedChannels()) {
      this.#newPushKeys(channel)
      await this.#must('TokenUpdate', this.#tokenUpdate(channel))
    }
    if (escrowsToken(this, this.#profile?.terms)) await this.setBootstrapToken(this.#newBootstrapToken())
    this.#attempt = null
  }

  /** The same way again goes on where it failed: with the profile, the key, and the identity that it has brought. */
  async #attempted(way: Way): Promise<void> {
    if (this.#attempt === null || !isSameWay(this.#attempt.way, way)) {
      this.#attempt = { way, obtained: null, key: null, installed: null }
      if (!(way instanceof Uint8Array) && way.kind === 'account') this.#newEnrollmentId()
    }
    const attempt = this.#attempt
    const line = this.wire.enrollment(this.own.id)
    const machine = machineInfo(this, this.#appleIdentity, this.#keys)
    attempt.obtained ??= await obtainProfile(way, { line, machine, updateOS: (wanted) => this.#updateOS(wanted) })
    if (isAutomated(way)) this.model.awaitingConfiguration = way.awaits === true
    const { profile, account } = attempt.obtained
    const read = readEnrollmentProfile(profile)
    attempt.key ??= await this.#keys(read.scep.keySize)
    attempt.installed ??= await this.#installable(read, attempt.key)
    this.#profile = attempt.installed
    this.#account = account
  }

  #updateOS({ OSVersion, BuildVersion }: { readonly OSVersion: string; readonly BuildVersion?: string }): boolean {
    if (!this.switches.updatesToEnroll) return false
    this.controls.setOSVersion(OSVersion, BuildVersion)
    return true
  }

  /** The profile with an identity of this device's own. */
  async #installable({ management, scep, authorities }: EnrollmentProfile, key: KeyObject): Promise<ManagementProfile> {
    const trusted = authorities.map(({ der }) => der)
    const line = this.wire.scep(this.own.id, { authorities: trusted.map(certificatePem) })
    const subject = scep.subject.map((attribute) => ({ ...attribute, value: this.#expanded(attribute.value) }))
    const identity = await obtainIdentity({ ...scep, subject }, key, line)
    return new ManagementProfile(management, identity, trusted)
  }

  /** A Mac puts its own names in the place of these words. @see apple:mdm/profiles/com.apple.security.scep.yaml */
  #expanded(value: string): string {
    const { udid, serialNumber, deviceName } = this.identity
    if (this.traits.platform !== 'macOS') return value
    return value
      .replaceAll('%SerialNumber%', serialNumber ?? '')
      .replaceAll('%HardwareUUID%', udid ?? '')
      .replaceAll('%ComputerName%', deviceName)
  }

  /** What a server knows a person's own device by is another one each time. */
  #newEnrollmentId(): void {
    if (this.traits.enrollment !== 'user') return
    this.#ownedEnrollments++
    for (const [index, identity] of this.#identities(this.#ownedEnrollments).entries())
      this.channels[index]?.wipe(identity)
  }

  /** A profile without user channels enrolls the device only; who is logged out is not there. */
  #managedChannels(): readonly DeviceChannel[] {
    return this.#managesUsers() ? this.#present() : [this.own]
  }

  #managesUsers(): boolean {
    return this.#profile === null || hasUsers(this.#profile.terms)
  }

  #present(): readonly DeviceChannel[] {
    return this.channels.filter(({ loggedIn }) => loggedIn)
  }

  /** Whether the user is managed from now on. */
  async logIn(id: string): Promise<boolean> {
    const channel = this.#user(id)
    if (!this.#enrolled || !this.#managesUsers()) return false
    if (channel.loggedIn) return true
    if (channel.identity.network && !(await askToLogIn(this.wire, channel.identity))) return false
    if (channel.pushToken === null) this.#newPushKeys(channel)
    // A push may come before the answer does.
    channel.logIn(this.#awaitsUsers())
    if ((await this.#tokenUpdate(channel))?.status === 200) return true
    channel.logOut()
    return false
  }

  /** What the Settings command last said. @see apple:mdm/commands/settings.yaml, SharedDeviceConfiguration */
  #awaitsUsers(): boolean {
    const { AwaitUserConfiguration: asked } = this.model.commanded.settings.SharedDeviceConfiguration ?? {}
    return this.traits.sharedIPad && isJsonObject(asked) && asked.Enabled === true
  }

  #userConfigured(channel: DeviceChannel): void {
    if (!channel.awaiting) return
    channel.awaiting = false
    void this.wire.track(this.#tokenUpdate(channel))
  }

  logOut(id: string): void {
    this.#user(id).logOut()
  }

  #user(id: string): DeviceChannel {
    const channel = this.channel(id)
    if (channel.kind === 'user') return channel
    throw new DeviceError('channel-unknown', `Cannot log in: ${id} is the device itself`, {
      found: id,
      expected: 'the channel of a user',
    })
  }

  watchEnrollment(): WatchEnrollment | null {
    return this.own.management.watchEnrollment()
  }

  pairingToken(SecurityToken: string, WatchUDID: string): Promise<Uint8Array> {
    return pairingToken(this.wire, this.own.identity, { SecurityToken, WatchUDID })
  }

  setBootstrapToken(token: Uint8Array | null): Promise<void> {
    return setBootstrapToken(this, this.own.identity, token)
  }

  bootstrapToken(): Promise<Uint8Array | null> {
    return getBootstrapToken(this, this.own.identity)
  }

  #newBootstrapToken(): Uint8Array {
    return seededBytes(this.seed, 'bootstrap', this.#enrollments)
  }

  #newPushKeys({ id, session }: DeviceChannel): void {
    session.state.pushToken = Buffer.from(seededBytes(this.seed, 'token', id, this.#enrollments)).toString('hex')
    session.state.pushMagic = seededUUID(this.seed, 'magic', id, this.#enrollments)
  }

  async #replaceEnrollment(bytes: Uint8Array): Promise<() => void> {
    const installed = this.#profile
    const offered = readEnrollmentProfile(bytes)
    const changed = installed === null ? 'PayloadIdentifier' : changedTerms(installed.terms, offered.management)
    if (changed !== null) {
      throw new DeviceError('profile-immutable', `Cannot replace the enrollment profile: ${changed} may not change`, {
        at: changed,
      })
    }
    const next = await this.#installable(offered, await this.#keys(offered.scep.keySize))
    return () => {
      if (this.#profile !== installed) return
      this.#profile = next
      void this.wire.track(this.#announceIdentity())
    }
  }

  /** The first messages under a new identity. They may get lost: the next one is as good. */
  async #announceIdentity(): Promise<void> {
    if (this.switches.authenticatesOnRenewal) await this.#authenticate()
    for (const channel of this.#managedChannels()) await this.#tokenUpdate(channel)
  }

  #authenticate(): Promise<Answer | null> {
    return this.wire.checkIn(this.own.id, authenticateMessage(this, this.own.identity))
  }

  async checkOut(): Promise<void> {
    const { own, topic, wire } = this
    if (this.#enrolled && this.#profile?.terms.checkOutWhenRemoved !== false) {
      await wire.checkIn(own.id, { MessageType: 'CheckOut', ...own.identity.keys, Topic: topic })
    }
    this.#leave()
  }

  async push(tokenHex: string): Promise<boolean> {
    const channel = this.#present().find(({ pushToken }) => pushToken === tokenHex.toLowerCase())
    await channel?.session.connect()
    return channel !== undefined
  }

  async daily(): Promise<void> {
    await Promise.all(this.#present().map(({ management }) => management.daily()))
  }

  stop(): void {
    this.#appTimer.clear()
    for (const channel of this.channels) channel.stop()
  }

  inspect(): DeviceView {
    const { identity, traits: own, model, own: channel } = this
    return {
      id: channel.id,
      kind: this.#kind,
      platform: own.platform,
      productName: identity.productName,
      osVersion: model.osVersion,
      serialNumber: identity.serialNumber,
      supervised: identity.supervised,
      enrolled: this.#enrolled,
      online: model.online,
      locked: model.locked,
      awaitingConfiguration: model.awaitingConfiguration,
      channels: this.channels.map((each) => inspectChannel(each, this.wire.log.entries)),
    }
  }

  save(): DeviceState {
    const device: SavedDevice = {
      enrolled: this.#enrolled,
      enrollments: this.#enrollments,
      ownedEnrollments: this.#ownedEnrollments,
      draws: this.#draws,
      profile: this.#profile?.save() ?? null,
      account: this.#account?.save() ?? null,
      model: saveModel(this.model),
      channels: this.channels.map(({ id, loggedIn, awaiting, session, management }) => ({
        id,
        loggedIn,
        ...(awaiting ? { awaiting } : {}),
        connection: saveConnection(session.state),
        management: saveManagement(management.state),
      })),
    }
    // Through text, so that what was saved shares nothing with what goes on.
    return { version: 1, kind: this.#kind, seed: this.seed, device: JSON.parse(JSON.stringify(device)) as JsonObject }
  }

  #channel(identity: ChannelIdentity, saved: SavedChannel | undefined): DeviceChannel {
    const answer = (channel: DeviceChannel): AnswerCommand => {
      return (command) => answerCommand(command, this.#commandSubject(channel))
    }
    if (saved === undefined) return new DeviceChannel(this, identity, answer)
    const { platform } = this.traits
    const reader = {
      capabilities: this.capabilities(identity.kind),
      platform,
      osVersion: this.model.osVersion,
      switches: this.switches,
    }
    const management = restoreManagement(saved.management, (held) => loaded(held, held.declaration, reader))
    const connection = restoreConnection(saved.connection)
    const channel = new DeviceChannel(this, identity, answer, connection, management, saved.loggedIn)
    channel.awaiting = saved.awaiting === true
    return channel
  }

  #tokenUpdate(channel: DeviceChannel): Promise<Answer | null> {
    const { pushToken, pushMagic } = channel
    const push = { token: new Uint8Array(Buffer.from(pushToken ?? '', 'hex')), magic: pushMagic ?? '' }
    return this.wire.checkIn(channel.id, tokenUpdateMessage(this, channel.identity, push, channel.awaiting))
  }

  async #must(message: string, sent: Promise<Answer | null>): Promise<void> {
    const answer = await sent
    if (answer?.status === 200) return
    this.#leave()
    const found = answer === null ? 'no answer' : `status ${answer.status}`
    throw new DeviceError('enrollment-refused', `Cannot enroll: ${found} to ${message}, expected 200`, {
      at: message,
      found: answer?.status ?? null,
      expected: '200',
    })
  }

  /** Nothing of an enrollment outlives it: the identity, declarations, accounts, apps, push tokens. */
  #leave(): void {
    this.#enrolled = false
    this.#profile = null
    this.#account = null
    this.#appTimer.clear()
    this.model.apps.clear()
    leaveManagement(this.model.commanded)
    for (const channel of this.channels) channel.wipe()
  }

  #commandSubject(channel: DeviceChannel): CommandSubject {
    return {
      seed: this.seed,
      now: this.clock.now(),
      traits: this.traits,
      identity: this.identity,
      model: this.model,
      id: channel.id,
      kind: channel.kind,
      pushToken: channel.pushToken,
      enrollmentProfile: this.#profile?.terms.profile ?? null,
      users: () => this.#users(),
      certificates: () => this.#profile?.certificates() ?? [],
      unenroll: () => void this.wire.track(this.checkOut()),
      logOut: (shortName) => this.channels.find(({ userShortName }) => userShortName === shortName)?.logOut(),
      restart: () => this.#restart(),
      shutDown: () => this.controls.setNetwork(false),
      changed: () => this.changed(),
      policies: () => this.policies(),
      profiles: () => channel.management.profiles(),
      apps: () => [...this.model.apps.values(), ...channel.management.state.apps.values()],
      declarativeManagement: (data) => void channel.management.commanded(data),
      installApplication: (command) => this.#installApplication(channel, command),
      installEnterpriseApplication: (command) => void this.wire.track(this.#installEnterprise(channel, command)),
      removeApplication: (bundleId) => this.#removeApplication(bundleId),
      erase: (returnToService) => void this.wire.track(this.#erase(returnToService ?? {})),
      deviceConfigured: () =>
        channel.kind === 'device' ? this.controls.setAwaitingConfiguration(false) : this.#userConfigured(channel),
      replaceEnrollment: (profile) => this.#replaceEnrollment(profile),
    }
  }

  #users(): readonly DeviceUser[] {
    const gone = new Set(this.model.commanded.deletedUsers)
    return this.channels.flatMap(({ userShortName, identity, loggedIn }) =>
      userShortName === null || gone.has(userShortName)
        ? []
        : [{ shortName: userShortName, longName: identity.keys.UserLongName ?? userShortName, loggedIn }],
    )
  }

  /** What is under way has no effect. A passcode is asked for before anything else goes on. */
  #restart(): void {
    this.model.commanded.restarts++
    for (const channel of this.channels) channel.stop()
    if (this.model.passcode.present) this.controls.lock()
    for (const channel of this.#present()) channel.logIn(channel.awaiting)
  }

  /**
   * Nothing is left but the hardware and the OS. With an enrollment profile to come back by it enrolls again, and is erased and not
   * enrolled when that fails.
   */
  async #erase({ Enabled, MDMProfileData }: { readonly [key: string]: unknown }): Promise<void> {
    this.#leave()
    this.#attempt = null
    eraseModel(this.model)
    if (Enabled !== true || !(MDMProfileData instanceof Uint8Array)) return
    try {
      await this.enroll(MDMProfileData)
    } catch (error) {
      if (!(error instanceof DeviceError)) throw error
    }
  }

  /** A person ends their session on a device that returns to service by itself, if the server says so. */
  async returnToService(): Promise<boolean> {
    const { id, identity } = this.own
    const answer = await this.wire.checkIn(id, { MessageType: 'ReturnToService', ...identity.keys })
    if (answer?.status !== 200) return false
    const { ReturnToService } = decodeReturnToServiceReply(answer.body)
    if (!ReturnToService.Enabled) return false
    await this.#erase({ ...ReturnToService })
    return true
  }

  async #installApplication(channel: DeviceChannel, command: PlistDict): Promise<App | 'declared' | null> {
    const asked = await requestedApp(command, this.#packages(channel))
    if (asked === null) return null
    const { bundleId, manifest } = asked
    if (this.channels.some(({ management }) => management.state.apps.has(bundleId))) return 'declared'
    const known = this.model.apps.get(bundleId)
    const isThere = manifest === null || manifest.facts.version === known?.version
    if (known?.state === 'managed' && isThere) return known
    const app: App = {
      ...(manifest === null ? versionsOf(bundleId) : appOf(manifest.facts)),
      declaration: null,
      state: this.identity.supervised ? 'installing' : 'prompting',
      proceedsAt: this.identity.supervised && manifest === null ? this.#installedAt() : null,
    }
    this.model.apps.set(bundleId, app)
    this.changed()
    if (manifest !== null) void this.wire.track(this.#download(channel, manifest))
    return app
  }

  #installedAt(): number | null {
    const { installSeconds } = this.switches
    return installSeconds === null ? null : this.clock.now() + installSeconds * 1000
  }

  #packages(channel: DeviceChannel): GetOctets {
    return (url, range) => packageOctets(this, channel.id, url, range)
  }

  /** Gets the package of an app that a command brings; it is installed some time later, or has failed. */
  async #download(channel: DeviceChannel, manifest: PackageManifest): Promise<void> {
    const outcome = await downloadPackage(manifest, this.#packages(channel), this.switches.packagesByRanges)
    const { bundleId } = manifest.facts
    const app = this.model.apps.get(bundleId)
    if (app === undefined) return
    const isWaiting = app.state === 'installing' && app.proceedsAt === null
    if (outcome.kind === 'problem') this.model.apps.set(bundleId, { ...app, state: 'failed', proceedsAt: null })
    else if (isWaiting) this.model.apps.set(bundleId, { ...app, proceedsAt: this.#installedAt() })
    this.changed()
  }

  /** What fails is not told. @see apple:mdm/commands/application.install.enterprise.yaml */
  async #installEnterprise(channel: DeviceChannel, command: PlistDict): Promise<void> {
    const { Manifest, ManifestURL, InstallAsManaged } = command
    const get = this.#packages(channel)
    // The result is sent first.
    await Promise.resolve()
    const read = typeof ManifestURL === 'string' ? readManifest(await get(ManifestURL)) : manifestIn(Manifest)
    if (read.kind === 'problem') return
    const { facts } = read.manifest
    const outcome = await downloadPackage(read.manifest, get, this.switches.packagesByRanges)
    if (outcome.kind === 'problem' || !this.#enrolled) return
    if (InstallAsManaged === true) {
      const app: App = { ...appOf(facts), declaration: null, state: 'managed', proceedsAt: null }
      this.model.apps.set(facts.bundleId, app)
    } else this.model.commanded.installed[facts.bundleId] = { name: facts.title, version: facts.version }
    this.changed()
  }

  #removeApplication(bundleId: string): boolean {
    const removed = this.model.apps.delete(bundleId)
    if (removed) this.changed()
    return removed
  }

  #appLists(): readonly Map<string, App>[] {
    return [this.model.apps, ...this.channels.map(({ management }) => management.state.apps)]
  }

  #scheduleApps(): void {
    const times = this.#appLists()
      .flatMap((apps) => [...apps.values()])
      .map(({ proceedsAt }) => proceedsAt)
      .filter((at) => at !== null)
    if (times.length === 0) this.#appTimer.clear()
    else this.#appTimer.set(Math.min(...times))
  }

  #proceedApps(): void {
    const now = this.clock.now()
    for (const apps of this.#appLists()) {
      for (const [id, app] of apps) if (app.proceedsAt !== null && app.proceedsAt <= now) apps.set(id, proceeded(app))
    }
    this.changed()
  }

  #modelPorts(): ModelPorts {
    return {
      state: this.model,
      now: () => this.clock.now(),
      installSeconds: this.switches.installSeconds,
      policies: () => this.policies(),
      appLists: () => this.#appLists(),
      tapInstall: (bundleId) => {
        for (const { management } of this.channels) management.tapInstall(bundleId)
      },
      editAccount: (declaration, key, value) =>
        this.channels.some(({ management }) => management.editAccount(declaration, key, value)),
      changed: () => this.changed(),
      osChanged: () => {
        for (const { management } of this.channels) management.reload()
      },
      networkCameBack: () => {
        for (const { session, management } of this.#present()) {
          session.resume()
          management.networkCameBack()
        }
      },
      unlocked: () => {
        for (const { session } of this.#present()) session.unlocked()
      },
      configurationEnded: () => {
        if (this.#enrolled) void this.wire.track(this.#tokenUpdate(this.own))
        for (const { management } of this.#present()) void management.pump()
      },
    }
  }
}

function savedDevice({ kind, seed, state }: DeviceOptions): SavedDevice | undefined {
  if (state === undefined) return undefined
  if (state.version !== 1 || state.kind !== kind || state.seed !== seed) {
    const found = `version ${state.version}, kind ${state.kind}, seed ${state.seed}`
    const expected = `version 1, kind ${kind}, seed ${seed}`
    throw new DeviceError('state-foreign', `Cannot restore device: ${found} found, expected ${expected}`, {
      found,
      expected,
    })
  }
  return state.device as unknown as SavedDevice
}
