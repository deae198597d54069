import { needsKey, secretsIn, withKeys } from '@edict/core'
import type { JsonObject } from '@edict/protocol'
import type { Transaction } from '@edict/store'
import type { Services } from '../services.ts'
import { presentSecret } from './open-content-keys.ts'

/** What an administrator wrote, with keys in the URLs of hosted data that is downloaded without saying who one is. */
export async function withContentKeys(
  written: JsonObject,
  tx: Transaction,
  services: Pick<Services, 'reach' | 'escrow' | 'now'>,
): Promise<JsonObject> {
  const base = services.reach.url()
  if (!needsKey(written, base) && secretsIn(JSON.stringify(written)).length === 0) return written
  return withKeys(written, base, await presentSecret(tx, services))
}
