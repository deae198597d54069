import type { KeyObject } from 'node:crypto'
import type { Certificate, KeyPair } from '@edict/pki'
import type { AuditEntry } from '@edict/store'
import type { Asked, Granted } from './asked.ts'

/** Whom this server takes identities of devices from, and what it gives them itself. */
export interface Trust {
  /** Certificates that a device's identity must lead to. They are the same objects as long as they are the same certificates. */
  anchors(): Promise<readonly Certificate[]>
  /** Those of them that are not this server's own. */
  readonly external: readonly Certificate[]
  /** Keys of who signs the certificates that devices leave the factory with: Apple's, and those of simulated devices. */
  readonly deviceAuthorities: readonly KeyObject[]
  /** The authority of this server that issues now. Its key signs SCEP answers and enrollment profiles. */
  authority(): Promise<KeyPair>
  /** Issues a certificate, or says why not: no other function does. */
  issue(asked: Asked): Promise<Granted>
  /** Makes another authority that issues from now on. What the old one issued is trusted until it ends. */
  rotate(by: RotatedBy): Promise<void>
}

/** Who rotates, for the audit. */
export type RotatedBy = Pick<AuditEntry, 'actor' | 'action' | 'target' | 'detail'>
