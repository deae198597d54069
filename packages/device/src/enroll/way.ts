import type { Answer } from '../transport.ts'

/**
 * How a device comes to its enrollment profile: it has the bytes (a `.mobileconfig` that a person opened), or it asks for them in
 * one of Apple's ways. A further way is one more member here and one more case in `obtain-profile.ts`; what comes after the
 * profile is the same for all.
 */
export type Way = Uint8Array | AccountWay | AutomatedWay | AutomatedWebWay | WatchWay

/** Account-driven enrollment: a person types an account into Settings and signs in. */
export interface AccountWay {
  readonly kind: 'account'
  /** What the person typed: `ada@school.example`. */
  readonly identifier: string
  readonly signIn: SignIn
  /** Asked in place of `https://` and the domain of the identifier, without a slash at its end. */
  readonly discovery?: string
}

/**
 * A person in an authentication session: opens the URL, signs in there, and gives the URL that the session ended with. Rejects
 * when they gave up.
 */
export type SignIn = (url: string) => Promise<string>

/** What the profile says that was made for the device with Apple's service: where to ask, and how to go about it. */
interface Assigned {
  readonly url: string
  /** `await_device_configured`: the device waits in Setup Assistant for DeviceConfigured. Default false. */
  readonly awaits?: boolean
}

/** Automated Device Enrollment, by `url`: Setup Assistant asks by itself. */
export interface AutomatedWay extends Assigned {
  readonly kind: 'automated'
}

/** The same by `configuration_web_url`: in a web view, where a person may have to sign in. */
export interface AutomatedWebWay extends Assigned {
  readonly kind: 'automated-web'
  readonly signIn: WebView
}

/**
 * A person in front of the web view of Setup Assistant: opens the URL, with these headers on the first request alone, and does what
 * the pages ask. Gives the answer that ended it: a profile, or a refusal; null when there was none.
 */
export type WebView = (url: string, headers: Readonly<Record<string, string>>) => Promise<Answer | null>

/** A Watch enrolls through the iPhone that it is paired with. */
export interface WatchWay {
  readonly kind: 'watch'
  readonly phone: PairedPhone
}

/** What a Watch needs of its iPhone. */
export interface PairedPhone {
  /** Null where the iPhone's declarations do not manage Watches. */
  watchEnrollment(): WatchEnrollment | null
  /** Gets the token by which a Watch enrolls, by its UDID. Rejects with DeviceError `pairing-refused`. */
  pairingToken(securityToken: string, watch: string): Promise<Uint8Array>
}

export interface WatchEnrollment {
  readonly url: string
  /** Certificates in PEM, one of which the server's has to lead to; empty where any does that the system trusts. */
  readonly anchors: readonly string[]
}

/** Whether Setup Assistant enrolls the device, as Apple's service says. */
export function isAutomated(way: Way): way is AutomatedWay | AutomatedWebWay {
  return !(way instanceof Uint8Array) && (way.kind === 'automated' || way.kind === 'automated-web')
}

/** Whether an attempt is one more of the same: by the same bytes, or by the very same way. */
export function isSameWay(one: Way, other: Way): boolean {
  if (one instanceof Uint8Array && other instanceof Uint8Array) return Buffer.from(one).equals(other)
  return one === other
}
