import { sha256 } from '@edict/core'
import { seal, unseal } from '@edict/pki'
import type { SealedRow } from '@edict/store'
import { keyFor, type MasterKeys, nameOf } from '../trust/master-keys.ts'

/** Where a secret lies: it opens there and nowhere else. */
export type SecretPlace =
  | Pick<Extract<SealedRow, { kind: 'secret' }>, 'kind' | 'enrollment' | 'name' | 'period'>
  | Pick<Extract<SealedRow, { kind: 'command' }>, 'kind' | 'enrollment' | 'CommandUUID'>

/** Seals what is secret before it is stored, and opens it: nothing else does. */
export interface Escrow {
  /** Name of the master key that it seals under. */
  readonly under: string
  seal(place: SecretPlace, secret: Uint8Array): Uint8Array
  /** @throws PkiError `master-key-wrong`, `sealed-damaged`, `sealed-version`; none of them shows anything of the secret */
  open(place: SecretPlace, sealed: Uint8Array): Uint8Array
}

export function escrowUnder(keys: MasterKeys): Escrow {
  return {
    under: nameOf(keys.present),
    seal: (place, secret) => seal(secret, keys.present, label(place)),
    open: (place, sealed) => unseal(sealed, keyFor(sealed, keys), label(place)),
  }
}

/** A row that is copied to another enrollment, name or period has another label there. Ids have any length, labels have not. */
function label(place: SecretPlace): string {
  if (place.kind === 'command') return `command ${sha256(JSON.stringify([place.enrollment, place.CommandUUID]))}`
  const { enrollment, name, period } = place
  return `secret ${sha256(JSON.stringify([enrollment, name, period]))}`
}
