import { type Cause, seen } from '../cause.ts'
import type { DeclarationEntry } from '../trace-entry.ts'

/** A declaration was edited and kept its ServerToken: devices that have it never see the new content. */
export const contentChangedUnderSameToken: Cause = {
  code: 'content-changed-under-same-token',
  number: 1,
  basis: 'documented',
  summary: 'A declaration was served with another content under the same ServerToken',
  remedy: 'give a declaration a new ServerToken whenever its content changes: a hash of the content never forgets to',
  suspect({ all }) {
    const first = new Map<string, DeclarationEntry>()
    const changed: [DeclarationEntry, DeclarationEntry][] = []
    for (const one of all) {
      if (one.kind !== 'declaration' || one.body?.serverToken === undefined) continue
      const key = JSON.stringify([one.declaration, one.identifier, one.body.serverToken])
      const before = first.get(key)
      if (before === undefined) first.set(key, one)
      else if (before.body?.content !== one.body.content) changed.push([before, one])
    }
    if (changed.length === 0) return null
    return {
      weight: 'proven',
      evidence: changed.flatMap(([before, after]) => [
        seen(before, `${after.identifier} had one content under ServerToken ${after.body?.serverToken}`),
        seen(after, `${after.identifier} has another content under the same ServerToken`),
      ]),
    }
  },
}
