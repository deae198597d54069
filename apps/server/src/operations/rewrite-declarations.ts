import type { DeclarationVersion } from '@edict/core'
import type { JsonObject } from '@edict/protocol'
import type { Transaction } from '@edict/store'
import type { When } from '../services.ts'
import { type Committed, commitIn, type Write } from './commit.ts'

/**
 * Writes declarations anew, one after the other in one transaction: their ServerTokens change. What was let through when one was
 * written is so again.
 *
 * @param rewritten what each is to have from now on
 * @param write says of each who wrote it, and with which detail
 */
export async function rewriteDeclarations(
  tx: Transaction,
  rewritten: readonly { readonly version: DeclarationVersion; readonly payload: JsonObject }[],
  declared: Committed['declared'],
  write: Write,
  moment: When,
): Promise<Committed> {
  const before = new Map((await tx.cohorts()).map(({ id, common }) => [id, common]))
  const changes: Committed[] = []
  for (const { version, payload } of rewritten) {
    const { identifier, type } = version
    const draft = { identifier, type, payload, extra: {} }
    const own = { ...write, subject: `declarations/${identifier}` }
    changes.push(await commitIn(tx, { kind: 'put-declaration', draft, override: true }, own, moment))
  }
  const cohorts = (await tx.cohorts()).filter(({ id, common }) => before.get(id) !== common).length
  return {
    revision: changes.at(-1)?.revision ?? declared.revision,
    problems: changes.flatMap(({ problems }) => problems),
    effects: {
      declarations: [...new Set(changes.flatMap(({ effects }) => effects.declarations))],
      cohorts,
      channels: cohorts === 0 ? 0 : null,
    },
    declared: changes.at(-1)?.declared ?? declared,
  }
}
