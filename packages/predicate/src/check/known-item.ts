import type { StatusItemTable } from './status-item-table.ts'

/** The status item that a dotted name reads: itself, or the longest known item that it reaches below. */
export function knownItem(name: string, items: StatusItemTable): string | undefined {
  for (let head = name; head !== ''; head = head.slice(0, Math.max(0, head.lastIndexOf('.')))) {
    if (items.has(head)) return head
  }
  return undefined
}
