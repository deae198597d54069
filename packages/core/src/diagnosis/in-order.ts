import type { TraceEntry } from './trace-entry.ts'

/**
 * What was said, with each push where it was sent: the record has it when the push service has answered, and the device may have come
 * before that.
 */
export function inOrder(kept: readonly TraceEntry[]): readonly TraceEntry[] {
  const pushes = kept.filter(({ kind }) => kind === 'push')
  const ordered: TraceEntry[] = []
  for (const one of kept) {
    // Pushes keep their order: one that is not the next has been put where it belongs.
    const next = pushes.findIndex((push) => (one.kind === 'push' ? push === one : push.at >= one.at))
    if (one.kind === 'push') ordered.push(...pushes.splice(0, next + 1))
    else ordered.push(...pushes.splice(0, next < 0 ? pushes.length : next), one)
  }
  return ordered
}
