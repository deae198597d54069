import { contentsIn, payloadOf, recompiled } from '@edict/core'
import type { Content, Transaction } from '@edict/store'
import { type Services, type When, when } from '../services.ts'
import { beginWrite, type Committed, commitIn, type Write } from './commit.ts'

type Uses = Pick<Services, 'store' | 'contentFiles' | 'now' | 'settings'>

export interface HandedIn {
  readonly name: string
  /** Media type. */
  readonly type: string
  readonly octets: AsyncIterable<Uint8Array>
}

/**
 * Keeps octets under a name. Declarations that refer to what had the name before refer to these from now on: their ServerTokens change
 * in the same transaction. The file is on disk before anything says so.
 *
 * @throws ContentTooLarge, Refused, RevisionMoved
 */
export async function putContent({ name, type, octets }: HandedIn, write: Write, services: Uses): Promise<Committed> {
  const content = { name, type, ...(await services.contentFiles.receive(octets)) }
  return services.store.transaction(async (tx) => {
    const declared = await beginWrite(tx, write)
    const moment = when(services)
    const [standing] = await tx.contents({ name })
    await tx.putContent({ ...content, addedAt: standing && isSame(standing, content) ? standing.addedAt : moment.now })
    const committed = await recompile(tx, content, declared, write, moment)
    const detail = { sha256: content.sha256, size: content.size, type }
    const { actor, action, subject: target } = write
    await tx.addAudit({ at: moment.now, actor, action, target, revision: committed.revision, detail })
    return committed
  })
}

function isSame(a: Handed, b: Handed): boolean {
  return a.sha256 === b.sha256 && a.type === b.type
}

type Handed = Pick<Content, 'name' | 'sha256' | 'size' | 'type'>

/** Writes anew what refers to the name. What was let through when it was written is so again. */
async function recompile(
  tx: Transaction,
  content: Handed,
  declared: Committed['declared'],
  write: Write,
  moment: When,
): Promise<Committed> {
  const users = [...declared.declarations.values()].filter(({ payload }) =>
    contentsIn(payload).some(({ name }) => name === content.name),
  )
  const before = new Map((await tx.cohorts()).map(({ id, common }) => [id, common]))
  const changes: Committed[] = []
  for (const version of users) {
    const { identifier, type } = version
    const draft = { identifier, type, payload: recompiled(payloadOf(version), content), extra: {} }
    const own = { ...write, subject: `declarations/${identifier}`, detail: { content: content.name } }
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
