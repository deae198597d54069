import { randomBytes } from 'node:crypto'
import { sha256 } from '@edict/core'
import { ConfigError } from './config.ts'
import { escrowSecret } from './escrow/escrow-secret.ts'
import { openSecret } from './escrow/open-secret.ts'
import { SERVER } from './escrow/secret-name.ts'
import { ADMIN_TOKEN_ENV } from './options.ts'
import type { Services } from './services.ts'

const NAME = 'admin-token-hash'

/** The hash that Bearer tokens are compared with, and the token itself when it was generated just now. */
export interface AdminToken {
  readonly hash: string
  readonly generated: string | null
}

type Uses = Pick<Services, 'store' | 'now' | 'escrow' | 'log'>

/**
 * The configured token; else the one of the first start, of which only the hash is kept; else a new one, shown once.
 *
 * @throws ConfigError where the hash cannot be opened
 */
export async function adminToken(configured: string | null, services: Uses): Promise<AdminToken> {
  if (configured !== null) return { hash: sha256(configured), generated: null }
  return services.store.transaction(async (tx) => {
    await tx.lockRevision('update')
    const kept = await tx.secret(SERVER, NAME)
    if (kept !== undefined) {
      const opened = openSecret(SERVER, kept, services)
      if (opened.kind === 'open') return { hash: Buffer.from(opened.secret).toString('utf8'), generated: null }
      throw new ConfigError(`Cannot tell the admin token: ${opened.why}; set ${ADMIN_TOKEN_ENV}`)
    }
    const generated = randomBytes(32).toString('base64url')
    const hash = sha256(generated)
    const secret = Buffer.from(hash, 'utf8')
    await escrowSecret(tx, { enrollment: SERVER, name: NAME, period: 0, secret, at: services.now() }, services)
    return { hash, generated }
  })
}
