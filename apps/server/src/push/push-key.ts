import { createPrivateKey, type KeyObject } from 'node:crypto'
import type { Reads, Transaction } from '@edict/store'
import { escrowSecret } from '../escrow/escrow-secret.ts'
import { openSecret } from '../escrow/open-secret.ts'
import { SERVER } from '../escrow/secret-name.ts'
import type { Services } from '../services.ts'

/** The private key of a push certificate, or of a request for one, by its id: a secret of the server. Undefined when it does not open. */
export async function pushKey(
  id: string,
  reads: Pick<Reads, 'secret'>,
  services: Pick<Services, 'escrow' | 'log'>,
): Promise<KeyObject | undefined> {
  const kept = await reads.secret(SERVER, nameOf(id))
  const opened = kept === undefined ? undefined : openSecret(SERVER, kept, services)
  if (opened?.kind !== 'open') return undefined
  return createPrivateKey({ key: Buffer.from(opened.secret), format: 'der', type: 'pkcs8' })
}

export async function keepPushKey(
  tx: Transaction,
  id: string,
  key: KeyObject,
  services: Pick<Services, 'escrow' | 'now'>,
): Promise<void> {
  const secret = key.export({ format: 'der', type: 'pkcs8' })
  const place = { enrollment: SERVER, name: nameOf(id), period: 0 }
  await escrowSecret(tx, { ...place, secret, at: services.now() }, services)
}

export async function forgetPushKey(tx: Transaction, id: string): Promise<void> {
  await tx.deleteSecret(SERVER, nameOf(id))
}

function nameOf(id: string): string {
  return `push-key ${id}`
}
