import type { Secret } from '@edict/store'
import { AdminError } from '../admin/problem.ts'
import { openSecret } from '../escrow/open-secret.ts'
import type { SecretName } from '../escrow/secret-name.ts'
import type { Services } from '../services.ts'
import type { Write } from './commit.ts'
import { mustBeKnown } from './must-be-enrolled.ts'

export interface SecretWish {
  readonly name: SecretName
  /** The newest when undefined. */
  readonly period: number | undefined
}

export interface ReadSecret extends Omit<Secret, 'value'> {
  /** Open. */
  readonly secret: Uint8Array
}

/**
 * Opens what an enrollment has escrowed for an administrator. Who read it and why is in the audit before it is told; what does not open
 * is not told, and leaves no entry. An enrollment that left keeps what it escrowed.
 *
 * @throws Refused `enrollment-missing`, AdminError `secret-missing`, `secret-unopened`
 */
export async function readSecret(
  id: string,
  { name, period }: SecretWish,
  { actor, action, subject: target, detail }: Write,
  services: Pick<Services, 'store' | 'now' | 'escrow' | 'log'>,
): Promise<ReadSecret> {
  return services.store.transaction(async (tx) => {
    await mustBeKnown(tx, id)
    const stored = await tx.secret(id, name, period)
    if (stored === undefined) {
      const message = `Cannot read ${name} of ${id}: it has escrowed none${period === undefined ? '' : ` in period ${period}`}`
      throw new AdminError('secret-missing', message, { remedy: 'look at the list of its secrets' })
    }
    const opened = openSecret(id, stored, services)
    if (opened.kind !== 'open') {
      const remedy =
        opened.kind === 'locked'
          ? 'start the server with the master key that it was sealed under as --previous-master-key'
          : 'restore it from a backup, or let the device escrow it anew'
      throw new AdminError('secret-unopened', `Cannot read ${name} of ${id}: ${opened.why}`, { remedy })
    }
    const { value: _sealed, ...described } = stored
    await tx.addAudit({
      at: services.now(),
      actor,
      action,
      target,
      revision: 0,
      detail: { ...detail, period: stored.period },
    })
    return { ...described, secret: opened.secret }
  })
}
