import type { ReadCertificate } from '@edict/pki'
import type { Store } from '@edict/store'
import type { Logger } from 'pino'
import type { ContentFiles } from './content/content-files.ts'
import type { ContentKeys } from './content/content-keys.ts'
import type { ReferredContent } from './content/referred-content.ts'
import type { Reach } from './enroll/reach.ts'
import type { Escrow } from './escrow/escrow.ts'
import type { Glance } from './fleet/glance.ts'
import type { MaidSigner } from './get-token/maid-signer.ts'
import type { Anchored } from './identity/anchored.ts'
import type { ProxySettings } from './identity/proxy-settings.ts'
import type { Manifests } from './manifests.ts'
import type { Metrics } from './metrics.ts'
import type { Apns } from './push/apns.ts'
import type { PushCertificates } from './push/push-certificates.ts'
import type { SignInSettings } from './sign-in/sign-in-settings.ts'
import type { Claims } from './trace/claims.ts'
import type { Tracer } from './trace/tracer.ts'
import type { Trust } from './trust/trust.ts'
import type { WebhookClient } from './webhooks/webhook-client.ts'

/** What operations are handed: each takes only what it uses. */
export interface Services {
  readonly store: Store
  readonly manifests: Manifests
  /** Those that the fleet is looked over by, so that it does not push out of memory what devices ask for. */
  readonly fleetManifests: Manifests
  /** Gives the fleet at a glance: the last one, or one that is made now. */
  readonly glance: (make: () => Promise<Glance>) => Promise<Glance>
  readonly metrics: Metrics
  /** What devices are pushed by. */
  readonly pushCertificates: PushCertificates
  /** What stands in the way of pushes now. */
  readonly pushing: Pick<Apns, 'alarms'>
  readonly log: Logger
  /** Keeps what channels and the server say to each other. */
  readonly tracer: Tracer
  /** Keeps what strangers say who claim to be a channel. */
  readonly claims: Claims
  /** Whom identities of devices are taken from, and what gives them. */
  readonly trust: Trust
  /** Seals what is secret, and opens it. */
  readonly escrow: Escrow
  /** What devices download, and which of it is for whom. */
  readonly contentFiles: ContentFiles
  readonly referredContent: ReferredContent
  /** By which it is downloaded where nobody says who they are. */
  readonly contentKeys: ContentKeys
  /** Makes tokens for Managed Apple Accounts; null where no key is set up. */
  readonly maid: MaidSigner | null
  /** Where devices are told to find this server. */
  readonly reach: Reach
  /** Whether and how people sign in. */
  readonly signIn: SignInSettings
  /** Posts events to receivers. */
  readonly webhookClient: WebhookClient
  /** How many deliveries may wait for each of them. */
  readonly webhookBacklog: number
  /** Checks by the anchors of `trust`. */
  readonly anchored: Anchored
  /** Reads certificates, and remembers those of devices. */
  readonly readCertificate: ReadCertificate
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly newId: () => string
  readonly settings: DeviceSettings
  /** Aborted when the server stops: what would go on for ever ends. */
  readonly stopping: AbortSignal
}

/** How devices are treated. */
export interface DeviceSettings {
  readonly insecureDevices: boolean
  /** Somebody has to sign in before a device enrolls by itself. */
  readonly automatedSignIn: boolean
  /** Takes attached signatures and SHA-1, which devices do not make. */
  readonly lenientSignatures: boolean
  /** Takes SHA-1 and single DES by SCEP. */
  readonly lenientScep: boolean
  /** The proxies that tell of client certificates; null when there are none. */
  readonly proxy: ProxySettings | null
  /** DeclarativeManagement carries the tokens. */
  readonly commandData: boolean
  readonly holdWhileAwaiting: boolean
  readonly keepReports: number
  /** The trace has what went over the wire, without secrets. */
  readonly traceBodies: boolean
  /** The profile by which erased devices join a Wi-Fi network; null where there is none. */
  readonly wiFiProfile: Uint8Array | null
  /** How long the wakes of one channel wait to become one push, in milliseconds; at most 2000. */
  readonly wakeWindow: number
  /** How long a device that has just enrolled has to come before it is pushed once more, in milliseconds; 0: for ever. */
  readonly secondPush: number
  /** Further paths of the device face. */
  readonly devicePaths: readonly string[]
}

/** One moment of a write: when it is made, and when those whom it reaches are pushed. */
export interface When {
  readonly now: number
  readonly wake: number
}

export function when({ now, settings }: Pick<Services, 'now' | 'settings'>): When {
  const at = now()
  return { now: at, wake: at + settings.wakeWindow }
}
