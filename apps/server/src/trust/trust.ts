import type { Certificate } from '@edict/pki'

/** Whom this server takes identities of devices from. */
export interface Trust {
  /** Certificates that a device's identity must lead to. They are the same objects as long as they are the same certificates. */
  anchors(): Promise<readonly Certificate[]>
}
