import { predicateItems } from '@edict/core'

/** Whether the value of a status item is a string by Apple's schema, however much it looks like a number. */
export function isTextItem(name: string): boolean {
  return predicateItems.value?.(name)?.type === 'string'
}
