import type { CoreDevice } from '../core-device.ts'
import type { Evaluation } from '../declaration/evaluate.ts'
import { type Held, heldKey } from '../declaration/held.ts'
import { activeConfigurations } from '../declaration/in-force.ts'
import { manifestUrlOf, profileUrlOf } from '../declaration/progress.ts'
import { objectAt, textAt } from '../json-object.ts'
import type { ManagementState } from '../management-state.ts'
import { Timer } from '../timer.ts'
import type { Answer } from '../transport.ts'
import { type Authentication, assetContent, authenticationOf, dataUrlOf, inlineContent } from './asset-content.ts'
import type { PackageState } from './declared-package.ts'
import { downloadPackage, type GetOctets } from './package-download.ts'
import { readManifest } from './package-manifest.ts'
import { packageOctets } from './package-octets.ts'
import { readProfile } from './profile.ts'

const longestWait = 3_600_000

/** Gets what configurations refer to: the data of assets, profiles, and packages. What fails for a passing reason is tried again. */
export class Downloads {
  readonly #device: CoreDevice
  readonly #channel: string
  readonly #state: ManagementState
  readonly #timer: Timer
  #stopped = false

  constructor(device: CoreDevice, channel: string, state: ManagementState) {
    this.#device = device
    this.#channel = channel
    this.#state = state
    this.#timer = new Timer(device.clock, () => this.again())
  }

  stop(): void {
    this.#stopped = true
    this.#timer.clear()
  }

  /**
   * Starts what is missing for what is in force, and lets go of what nothing needs any more. Whether something is there at once: an
   * asset that carries what it says.
   */
  arrange(now: Evaluation, before: Evaluation): boolean {
    const { switches } = this.#device
    this.#prune(now)
    const ready = [...now.assets].map((asset) => this.#wantAsset(asset)).includes(true)
    for (const held of activeConfigurations(this.#state, now)) {
      const newly = !before.configurations.has(held.identifier)
      this.#wantProfile(held, newly)
      this.#wantPackage(held, newly)
    }
    if (!switches.profilesAheadOfActivation) return ready
    for (const held of this.#state.held.values()) if (held.load.loaded && held.load.fits) this.#wantProfile(held, false)
    return ready
  }

  /** A person wants what is there to be had; undefined: all of it. */
  tapped(bundleId: string | undefined): void {
    for (const [identifier, { phase, facts }] of this.#state.packages) {
      const held = this.#state.held.get(heldKey('configuration', identifier))
      const isMeant = phase === 'optional' && (bundleId === undefined || facts?.bundleId === bundleId)
      if (isMeant && held !== undefined) this.#install(held, true)
    }
  }

  /** Tries again what failed for a reason that may have passed. */
  again(): void {
    const { assets, profiles, packages } = this.#state
    this.#timer.clear()
    if (this.#stopped) return
    if (!this.#mayRecover()) {
      this.#state.downloadRetries = 0
      return
    }
    for (const [identifier, { mayRecover }] of assets) if (mayRecover) assets.delete(identifier)
    for (const [identifier, { mayRecover }] of profiles) if (mayRecover) profiles.delete(identifier)
    // What is known of it stays: it is in lists that are reported.
    for (const [identifier, state] of packages) {
      if (state.mayRecover) packages.set(identifier, { ...state, serverToken: '' })
    }
    this.#device.changed()
  }

  #prune(now: Evaluation): void {
    const { assets, profiles, packages, held } = this.#state
    for (const [identifier, { serverToken }] of assets) {
      const current = held.get(heldKey('asset', identifier))?.serverToken === serverToken
      if (!current || !now.assets.has(identifier)) assets.delete(identifier)
    }
    for (const identifier of profiles.keys()) {
      const ahead = this.#device.switches.profilesAheadOfActivation && held.has(heldKey('configuration', identifier))
      if (!ahead && !now.configurations.has(identifier)) profiles.delete(identifier)
    }
    for (const identifier of packages.keys()) if (!now.configurations.has(identifier)) packages.delete(identifier)
  }

  #wantPackage(held: Held, newly: boolean): void {
    const known = this.#state.packages.get(held.identifier)
    const settled = known?.serverToken === held.serverToken && !(newly && known.phase === 'failed')
    if (!settled) this.#install(held, isRequired(held))
  }

  /** Reads the manifest of a configuration that has one, and gets the package where it is wanted. */
  #install(held: Held, wanted: boolean): void {
    const url = manifestUrlOf(held)
    if (url === undefined) return
    const { packages } = this.#state
    const { identifier, serverToken } = held
    const { wire, switches, clock } = this.#device
    const known = packages.get(identifier)
    let state: PackageState = {
      serverToken,
      phase: 'working',
      facts: known?.facts ?? null,
      installed: known?.installed ?? null,
      failedAt: null,
      problem: null,
      mayRecover: false,
    }
    packages.set(identifier, state)
    const get: GetOctets = (from, range) => packageOctets(this.#device, this.#channel, from, range)
    const isOver = () => this.#stopped || packages.get(identifier) !== state
    const becomes = (next: Partial<PackageState>) => {
      state = { ...state, ...next }
      packages.set(identifier, state)
      this.#device.changed()
    }
    const fails = ({ problem, mayRecover }: { readonly problem: string; readonly mayRecover: boolean }) => {
      becomes({ phase: 'failed', problem, mayRecover, failedAt: clock.now() })
      this.#schedule()
    }
    const work = async (): Promise<void> => {
      // Never before the caller has noted what it waits for.
      await Promise.resolve()
      const read = readManifest(await get(url))
      if (isOver()) return
      if (read.kind === 'problem') return fails(read)
      const { facts } = read.manifest
      const isThere = facts.version === state.installed && facts.bundleId === state.facts?.bundleId
      if (isThere || !wanted) return becomes({ facts, phase: isThere ? 'done' : 'optional' })
      becomes({ facts, phase: 'downloading' })
      const outcome = await downloadPackage(read.manifest, get, switches.packagesByRanges)
      if (isOver()) return
      if (outcome.kind === 'problem') fails(outcome)
      else becomes({ phase: 'done', installed: facts.version })
    }
    void wire.track(work())
  }

  /** Whether it is there at once. */
  #wantAsset(identifier: string): boolean {
    const { assets, held: all } = this.#state
    const held = all.get(heldKey('asset', identifier))
    const declaration = held?.declaration
    if (held === undefined || declaration == null || assets.has(identifier)) return false
    const { serverToken } = held
    const url = dataUrlOf(declaration)
    const base = { serverToken, reasons: [], content: null, mayRecover: false }
    if (url === undefined) {
      assets.set(identifier, { ...base, phase: 'done', content: inlineContent(declaration) })
      return true
    }
    assets.set(identifier, { ...base, phase: 'working' })
    this.#get(url, authenticationOf(declaration), (answer) => {
      if (assets.get(identifier)?.serverToken !== serverToken) return
      const outcome = assetContent(declaration, answer)
      if (outcome.phase === 'done') assets.set(identifier, { ...base, ...outcome })
      else
        assets.set(identifier, { ...base, phase: 'failed', reasons: [outcome.reason], mayRecover: outcome.mayRecover })
    })
    return false
  }

  #wantProfile(held: Held, newly: boolean): void {
    const { profiles } = this.#state
    const { identifier, serverToken } = held
    const url = profileUrlOf(held)
    const known = profiles.get(identifier)
    const settled = known?.serverToken === serverToken && !(newly && known.phase === 'failed')
    if (url === undefined || settled) return
    const base = { serverToken, problem: null, profile: known?.profile ?? null, mayRecover: false }
    profiles.set(identifier, { ...base, phase: 'working' })
    this.#get(url, 'MDM', (answer) => {
      if (profiles.get(identifier)?.serverToken !== serverToken) return
      if (answer === null && this.#device.switches.profilesStick) return
      const outcome = readProfile(answer)
      if (outcome.phase === 'done') profiles.set(identifier, { ...base, ...outcome })
      else profiles.set(identifier, { ...base, ...outcome, profile: null })
    })
  }

  #get(url: string, authentication: Authentication, arrived: (answer: Answer | null) => void): void {
    const work = async (): Promise<void> => {
      // Never before the caller has noted what it waits for.
      await Promise.resolve()
      const { wire } = this.#device
      const answer = await (authentication === 'MDM'
        ? wire.download(this.#channel, url)
        : wire.fetch(this.#channel, url))
      if (this.#stopped) return
      arrived(answer)
      if (answer?.status !== 200) this.#schedule()
      this.#device.changed()
    }
    void this.#device.wire.track(work())
  }

  #schedule(): void {
    const { clock, switches } = this.#device
    if (this.#timer.isSet || !this.#mayRecover()) return
    const wait = Math.min(switches.networkRetry * 1000 * 2 ** this.#state.downloadRetries, longestWait)
    this.#state.downloadRetries++
    this.#timer.set(clock.now() + wait)
  }

  #mayRecover(): boolean {
    const { assets, profiles, packages } = this.#state
    return [...assets.values(), ...profiles.values(), ...packages.values()].some(({ mayRecover }) => mayRecover)
  }
}

function isRequired({ declaration }: Held): boolean {
  return textAt(objectAt(declaration?.Payload ?? {}, 'InstallBehavior') ?? {}, 'Install') === 'Required'
}
