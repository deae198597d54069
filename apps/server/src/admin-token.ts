import { randomBytes } from 'node:crypto'
import { sha256 } from '@edict/core'
import type { Store } from '@edict/store'

const SERVER = 'edict.server'
const NAME = 'admin-token-hash'

/** The hash that Bearer tokens are compared with, and the token itself when it was generated just now. */
export interface AdminToken {
  readonly hash: string
  readonly generated: string | null
}

/** The configured token; else the one of the first start, of which only the hash is kept; else a new one, shown once. */
export async function adminToken(configured: string | null, store: Store, now: number): Promise<AdminToken> {
  if (configured !== null) return { hash: sha256(configured), generated: null }
  return store.transaction(async (tx) => {
    await tx.lockRevision('update')
    const kept = await tx.secret(SERVER, NAME)
    if (kept !== undefined) return { hash: Buffer.from(kept.value).toString('utf8'), generated: null }
    const generated = randomBytes(32).toString('base64url')
    const hash = sha256(generated)
    await tx.putSecret(SERVER, { name: NAME, value: Buffer.from(hash, 'utf8'), period: 0, at: now })
    return { hash, generated }
  })
}
