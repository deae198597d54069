import type { CoreDevice } from '../core-device.ts'
import type { Evaluation } from '../declaration/evaluate.ts'
import { type Held, heldKey } from '../declaration/held.ts'
import { activeConfigurations } from '../declaration/in-force.ts'
import { profileUrlOf } from '../declaration/progress.ts'
import type { ManagementState } from '../management-state.ts'
import { Timer } from '../timer.ts'
import type { Answer } from '../transport.ts'
import { type Authentication, assetContent, authenticationOf, dataUrlOf, inlineContent } from './asset-content.ts'
import { readProfile } from './profile.ts'

const longestWait = 3_600_000

/** Gets what configurations refer to: the data of assets, and profiles. What fails for a passing reason is tried again. */
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
      this.#wantProfile(held, !before.configurations.has(held.identifier))
    }
    if (!switches.profilesAheadOfActivation) return ready
    for (const held of this.#state.held.values()) if (held.load.loaded && held.load.fits) this.#wantProfile(held, false)
    return ready
  }

  /** Tries again what failed for a reason that may have passed. */
  again(): void {
    const { assets, profiles } = this.#state
    this.#timer.clear()
    if (this.#stopped) return
    if (!this.#mayRecover()) {
      this.#state.downloadRetries = 0
      return
    }
    for (const [identifier, { mayRecover }] of assets) if (mayRecover) assets.delete(identifier)
    for (const [identifier, { mayRecover }] of profiles) if (mayRecover) profiles.delete(identifier)
    this.#device.changed()
  }

  #prune(now: Evaluation): void {
    const { assets, profiles, held } = this.#state
    for (const [identifier, { serverToken }] of assets) {
      const current = held.get(heldKey('asset', identifier))?.serverToken === serverToken
      if (!current || !now.assets.has(identifier)) assets.delete(identifier)
    }
    for (const identifier of profiles.keys()) {
      const ahead = this.#device.switches.profilesAheadOfActivation && held.has(heldKey('configuration', identifier))
      if (!ahead && !now.configurations.has(identifier)) profiles.delete(identifier)
    }
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
    return [...this.#state.assets.values(), ...this.#state.profiles.values()].some(({ mayRecover }) => mayRecover)
  }
}
