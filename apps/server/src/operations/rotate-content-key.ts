import { payloadOf, secretsIn, withSecret } from '@edict/core'
import { nextSecret } from '../content/open-content-keys.ts'
import { type Services, when } from '../services.ts'
import { beginWrite, type Committed, type Write } from './commit.ts'
import { rewriteDeclarations } from './rewrite-declarations.ts'

/**
 * Makes the keys of hosted content with another secret from now on: every declaration that has one is written anew in the same
 * transaction, so its ServerToken changes. Keys that were made before work while the device was shown no later manifest twice.
 *
 * @returns also which secret that is, counted
 * @throws RevisionMoved
 */
export async function rotateContentKey(
  write: Write,
  services: Pick<Services, 'store' | 'escrow' | 'now' | 'settings'>,
): Promise<Committed & { readonly secret: number }> {
  return services.store.transaction(async (tx) => {
    const declared = await beginWrite(tx, write)
    const moment = when(services)
    const secret = await nextSecret(tx, services)
    const rewritten = [...declared.declarations.values()]
      .filter(({ payload }) => secretsIn(payload).length > 0)
      .map((version) => ({ version, payload: withSecret(payloadOf(version), secret) }))
    const committed = await rewriteDeclarations(tx, rewritten, declared, write, moment)
    const { actor, action, subject: target } = write
    await tx.addAudit({ at: moment.now, actor, action, target, revision: committed.revision, detail: { secret } })
    return { ...committed, secret }
  })
}
