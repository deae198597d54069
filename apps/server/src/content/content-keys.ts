import type { KeyFor } from '@edict/core'
import type { Reads } from '@edict/store'

/** The keys by which hosted content is downloaded where nobody says who they are. */
export interface ContentKeys {
  /**
   * Makes the keys that these payloads ask for.
   *
   * @throws Error where a secret is not there, or does not open: a manifest is not made without it
   */
  madeFor(payloads: Iterable<string>, reads: Pick<Reads, 'secret'>): Promise<KeyFor>
  /** For which enrollment a key was made, and is for these octets; null for anything else. */
  enrollmentOf(key: string, sha256: string, reads: Pick<Reads, 'secret'>): Promise<string | null>
}
