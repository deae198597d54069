/**
 * Behaviour that is reported or supposed of real devices, not documented. Each can be turned, to see what a server makes
 * of devices that do otherwise.
 */
export interface Switches {
  /** Reads the server's JSON strictly: no fraction in Timestamp, all four arrays, no unknown key in the manifest. */
  readonly strict: boolean
  /** When declarative management is first turned on, asks for `tokens` even though the command carried Data. */
  readonly tokensOnEnable: boolean
  /** After a synchronization that changed something, asks for `tokens` again. */
  readonly tokensAfterChange: boolean
  /** Ignores a TokensResponse whose Timestamp is before that of the one it last went by. */
  readonly ignoreOlderTimestamp: boolean
  /** How likely (0 to 1) a TokenUpdate leaves out AwaitingConfiguration. */
  readonly omitAwaitingConfiguration: number
  /** While awaiting configuration, a synchronization waits until that is over. */
  readonly syncWaitsForConfiguration: boolean
  /** While locked: answers NotNow to what the platform refuses then, or never does. */
  readonly notNow: 'when-locked' | 'never'
  /** How likely (0 to 1) a result is sent twice. */
  readonly repeatResults: number
  /** Declarations whose body could not be had are asked for again although the token has not changed. */
  readonly retryPlaceholders: boolean
  /** Seconds of the first back-off after an HTTP error of a declarative management request; doubles each time. */
  readonly backOff: number
  /** Seconds until something is tried again after no answer at all. */
  readonly networkRetry: number
  /** A 204 to a status report ends all declarative management until the next enrollment. */
  readonly statusCrashOn204: boolean
  /** Which declaration's value counts when several set the same property. */
  readonly duplicateProperty: 'seeded' | 'first' | 'last'
  /** What `@status` of an item that the device does not support is in a predicate. */
  readonly predicateUnknownItem: 'nil' | 'error'
  /** `@status` of an item that nothing subscribes to is nil. */
  readonly predicateNeedsSubscription: boolean
  /** Lists of identifiers in reasons are one text with commas, not an array as the schema says. */
  readonly reasonListsAsText: boolean
  /** A declaration with unknown payload keys applies and says so, or fails. */
  readonly unknownPayloadKeys: 'report' | 'refuse'
  /** A body whose Identifier or ServerToken is not what the manifest said is refused. */
  readonly bodyMustMatchManifest: boolean
  /** A legacy profile whose download got no answer is not asked for again before the device restarts. */
  readonly profilesStick: boolean
  /** Legacy profiles are downloaded as soon as they are declared, so that they can activate without a network. */
  readonly profilesAheadOfActivation: boolean
  /** Where FullReport stands in the report. */
  readonly fullReportPlace: 'beside' | 'inside'
  /** The key that marks removed array items. */
  readonly removedKey: '_removed' | 'removed'
  /** Status reports are indented, with spaces around colons, as real ones are. */
  readonly prettyReports: boolean
  /** A new enrollment profile in the place of the old one makes the device send Authenticate again, not TokenUpdate only. */
  readonly authenticatesOnRenewal: boolean
  /** Updates the OS when a server wants a newer one before the device enrolls by itself. */
  readonly updatesToEnroll: boolean
  /** Manifests and packages are downloaded as assets are, by the identity of the device; if not, by somebody who does not say who it is. */
  readonly provesItselfForPackages: boolean
  /** Packages are downloaded chunk by chunk, as their manifests divide them; if not, at once. */
  readonly packagesByRanges: boolean
  /** Seconds an app takes to install, unless `progress` says otherwise; null: only `progress` moves it on. */
  readonly installSeconds: number | null
}

export const defaultSwitches: Switches = {
  strict: true,
  tokensOnEnable: true,
  tokensAfterChange: true,
  ignoreOlderTimestamp: true,
  omitAwaitingConfiguration: 0,
  syncWaitsForConfiguration: false,
  notNow: 'when-locked',
  repeatResults: 0,
  retryPlaceholders: true,
  backOff: 60,
  networkRetry: 30,
  statusCrashOn204: false,
  duplicateProperty: 'seeded',
  predicateUnknownItem: 'nil',
  predicateNeedsSubscription: false,
  reasonListsAsText: true,
  unknownPayloadKeys: 'report',
  bodyMustMatchManifest: false,
  profilesStick: false,
  profilesAheadOfActivation: true,
  fullReportPlace: 'beside',
  removedKey: '_removed',
  prettyReports: true,
  authenticatesOnRenewal: false,
  updatesToEnroll: true,
  provesItselfForPackages: false,
  packagesByRanges: true,
  installSeconds: 90,
}
