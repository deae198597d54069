import type { Cause } from '../cause.ts'
import { suspectFlaws } from '../look.ts'

/** Devices were seen to refuse a manifest for one key too many. */
export const manifestKeysExtra: Cause = {
  code: 'manifest-keys-extra',
  number: 8,
  basis: 'field',
  summary: 'The manifest has keys that do not belong there, such as Type or Payload in an item',
  remedy: 'send Identifier and ServerToken in an item, four arrays in Declarations, and nothing else',
  suspect: (history, stage) =>
    suspectFlaws(history, stage, ({ code }, one) => one.kind === 'declaration-items' && code === 'key-unexpected'),
}
