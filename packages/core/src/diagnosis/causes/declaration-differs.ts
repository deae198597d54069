import type { Cause } from '../cause.ts'
import { hasCode, suspectFlaws } from '../look.ts'

/** The body says another Identifier or ServerToken than the manifest. */
export const declarationDiffers: Cause = {
  code: 'declaration-differs',
  number: 10,
  basis: 'hypothesis',
  summary: 'A declaration has another Identifier or ServerToken than the manifest says',
  remedy: 'serve what the manifest promised: keep each version that a manifest names until no device has that manifest',
  suspect(history, stage) {
    const found = suspectFlaws(history, stage, hasCode('identifier-differs', 'server-token-differs'))
    return found && { ...found, weight: 'possible', decides: 'serve them equal, and see whether the device goes on' }
  },
}
