import { PkiError } from '@edict/pki'
import type { Secret } from '@edict/store'
import type { Services } from '../services.ts'

export type Opened =
  | { readonly kind: 'open'; readonly secret: Uint8Array }
  /** `locked`: another master key opens it. `damaged`: none does, for it was changed, or lay elsewhere. */
  | { readonly kind: 'locked' | 'damaged'; readonly why: string }

/** Opens what an enrollment has escrowed. What does not open is logged, without anything of the secret. */
export function openSecret(
  enrollment: string,
  { name, period, value }: Secret,
  { escrow, log }: Pick<Services, 'escrow' | 'log'>,
): Opened {
  try {
    return { kind: 'open', secret: escrow.open({ kind: 'secret', enrollment, name, period }, value) }
  } catch (error) {
    if (!(error instanceof PkiError)) throw error
    const kind = error.code === 'master-key-wrong' ? 'locked' : 'damaged'
    log.error({ enrollment, name, period, code: error.code, why: error.message }, 'an escrowed secret does not open')
    return { kind, why: error.message }
  }
}
