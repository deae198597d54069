import { randomBytes } from 'node:crypto'
import type { Reads, Transaction, Webhook } from '@edict/store'
import { escrowSecret } from '../escrow/escrow-secret.ts'
import { openSecret } from '../escrow/open-secret.ts'
import { SERVER } from '../escrow/secret-name.ts'
import type { Services } from '../services.ts'

/** Octets. The standard wants 24 at least. */
const LENGTH = 32

export function newWebhookSecret(): Uint8Array {
  return randomBytes(LENGTH)
}

/** Keeps the secret of a webhook, sealed; `before` is kept beside it where it goes on signing for a while. */
export async function keepWebhookSecret(
  tx: Transaction,
  id: string,
  { present, before }: { readonly present: Uint8Array; readonly before: Uint8Array | null },
  services: Pick<Services, 'escrow' | 'now'>,
): Promise<void> {
  const place = { enrollment: SERVER, period: 0, at: services.now() }
  await escrowSecret(tx, { ...place, name: nameOf(id), secret: present }, services)
  if (before === null) await tx.deleteSecret(SERVER, nameBefore(id))
  else await escrowSecret(tx, { ...place, name: nameBefore(id), secret: before }, services)
}

/** The secrets that deliveries are signed with now, the present one first; null when the master key does not open it. */
export async function webhookSecrets(
  { id, previousUntil }: Pick<Webhook, 'id' | 'previousUntil'>,
  reads: Pick<Reads, 'secret'>,
  services: Pick<Services, 'escrow' | 'log' | 'now'>,
): Promise<readonly Uint8Array[] | null> {
  const read = async (name: string): Promise<Uint8Array | null> => {
    const kept = await reads.secret(SERVER, name)
    const opened = kept === undefined ? undefined : openSecret(SERVER, kept, services)
    return opened?.kind === 'open' ? opened.secret : null
  }
  const present = await read(nameOf(id))
  if (present === null) return null
  const before = previousUntil !== null && services.now() < previousUntil ? await read(nameBefore(id)) : null
  return before === null ? [present] : [present, before]
}

export async function forgetWebhookSecrets(tx: Transaction, id: string): Promise<void> {
  await tx.deleteSecret(SERVER, nameOf(id))
  await tx.deleteSecret(SERVER, nameBefore(id))
}

function nameOf(id: string): string {
  return `webhook ${id}`
}

function nameBefore(id: string): string {
  return `webhook-before ${id}`
}
