import type { KeyFor } from '@edict/core'
import type { Reads } from '@edict/store'

/** The keys by which hosted content is downloaded where nobody says who they are. */
export interface ContentKeys {
  /**
   * Makes the keys that these payloads ask for.
   *
   * @throws KeyUnavailable: a manifest is not made without it
   */
  madeFor(payloads: Iterable<string>, reads: Pick<Reads, 'secret'>): Promise<KeyFor>
  /** Makes keys with these secrets. @throws KeyUnavailable */
  madeWith(secrets: Iterable<number>, reads: Pick<Reads, 'secret'>): Promise<KeyFor>
  /** For whom a key was made, and is for these octets; null for anything else. */
  read(key: string, sha256: string, reads: Pick<Reads, 'secret'>): Promise<ReadKey | null>
}

/** A key that this server made. */
export interface ReadKey {
  readonly enrollment: string
  /** The secret that it was made with, counted. */
  readonly secret: number
}

/** A secret that keys are made with is not there, or does not open. */
export class KeyUnavailable extends Error {}
