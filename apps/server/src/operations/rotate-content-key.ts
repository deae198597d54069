import { payloadOf, secretsIn, withSecret } from '@edict/core'
import { nextSecret } from '../content/open-content-keys.ts'
import { type Services, when } from '../services.ts'
import { beginWrite, type Committed, commitIn, type Write } from './commit.ts'

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
    const before = new Map((await tx.cohorts()).map(({ id, common }) => [id, common]))
    const changes: Committed[] = []
    for (const version of declared.declarations.values()) {
      const { identifier, type, payload } = version
      if (secretsIn(payload).length === 0) continue
      const draft = { identifier, type, payload: withSecret(payloadOf(version), secret), extra: {} }
      const own = { ...write, subject: `declarations/${identifier}` }
      changes.push(await commitIn(tx, { kind: 'put-declaration', draft, override: true }, own, moment))
    }
    const { actor, action, subject: target } = write
    const revision = changes.at(-1)?.revision ?? declared.revision
    await tx.addAudit({ at: moment.now, actor, action, target, revision, detail: { secret } })
    const cohorts = (await tx.cohorts()).filter(({ id, common }) => before.get(id) !== common).length
    return {
      secret,
      revision,
      problems: changes.flatMap(({ problems }) => problems),
      effects: {
        declarations: [...new Set(changes.flatMap(({ effects }) => effects.declarations))],
        cohorts,
        channels: cohorts === 0 ? 0 : null,
      },
      declared: changes.at(-1)?.declared ?? declared,
    }
  })
}
