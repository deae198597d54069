import { type MasterKey, sealedUnder } from '@edict/pki'

/** What this server seals and opens with. */
export interface MasterKeys {
  /** Everything is sealed under it. */
  readonly present: MasterKey
  /** Opens what is not sealed anew yet; null unless a rotation is under way. */
  readonly previous: MasterKey | null
}

/** How a master key is named where people and the database tell it from another: 16 hexadecimal digits. */
export function nameOf({ identifier }: MasterKey): string {
  return Buffer.from(identifier).toString('hex')
}

/** The key that something is sealed under. Where it is neither, the present one, which says so when it is tried. */
export function keyFor(sealed: Uint8Array, { present, previous }: MasterKeys): MasterKey {
  return previous !== null && sealedUnder(sealed) === nameOf(previous) ? previous : present
}
