import type { Transaction } from '@edict/store'
import type { Services } from '../services.ts'

interface Escrowed {
  readonly enrollment: string
  readonly name: string
  readonly period: number
  readonly secret: Uint8Array
  readonly at: number
}

/** Stores a secret, sealed; of a period it replaces the one by the same name. */
export async function escrowSecret(
  tx: Transaction,
  { enrollment, name, period, secret, at }: Escrowed,
  { escrow }: Pick<Services, 'escrow'>,
): Promise<void> {
  const value = escrow.seal({ kind: 'secret', enrollment, name, period }, secret)
  await tx.putSecret(enrollment, { name, value, sealedUnder: escrow.under, period, at })
}
