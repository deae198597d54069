import type { Certificate } from '@edict/pki'
import type { Credentials } from './credentials.ts'

/** A push certificate that is in use. */
export interface UsedPushCertificate {
  readonly id: string
  readonly topic: string
  readonly certificate: Certificate
  readonly importedAt: number
}

/** What this server pushes by. What another node imported is known within seconds. */
export interface PushCertificates {
  /** What stands in profiles: the topic of the certificate that was imported last; without one, that of `--topic`. */
  readonly topic: string
  /** `--topic`, when it was said. */
  readonly wanted: string | null
  /** One for a topic; the one that was imported last comes first. */
  readonly used: readonly UsedPushCertificate[]
  /** For a session; null when there is none for the topic, or its key does not open. */
  credentials(topic: string): Promise<Credentials | null>
  /** Looks at what is stored now. */
  refresh(): Promise<void>
  stop(): void
}
