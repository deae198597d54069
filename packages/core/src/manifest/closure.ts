import type { DeclarationVersion } from '../declaration/declaration.ts'
import { payloadOf } from '../declaration/declaration.ts'
import { references } from '../declaration/references.ts'

/** The versions that a list of Identifiers means: a set implies the references of its members, at any depth. */
export function closure(
  identifiers: Iterable<string>,
  declarations: ReadonlyMap<string, DeclarationVersion>,
): ReadonlyMap<string, DeclarationVersion> {
  const reached = new Map<string, DeclarationVersion>()
  const pending = [...identifiers]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const version = declarations.get(next)
    if (version === undefined || reached.has(next)) continue
    reached.set(next, version)
    pending.push(...references(version.type, payloadOf(version)).map((reference) => reference.to))
  }
  return reached
}
