import { contentsIn, PACKAGE_CHUNK, type PackageFacts, payloadOf, recompiled } from '@edict/core'
import type { Content, Transaction } from '@edict/store'
import { chunkHashes } from '../content/chunk-hashes.ts'
import { type Services, type When, when } from '../services.ts'
import { beginManifest } from './begin-manifest.ts'
import { beginWrite, type Committed, commitIn, type Write } from './commit.ts'

type Uses = Pick<Services, 'store' | 'contentFiles' | 'reach' | 'now' | 'settings'>

export interface HandedIn {
  readonly name: string
  /** Media type. */
  readonly type: string
  readonly octets: AsyncIterable<Uint8Array>
  /** What its manifest is to say, of an app or a package; of what is not said here the manifest before counts. */
  readonly facts: Partial<PackageFacts>
}

/**
 * Keeps octets under a name; of an app or a package the manifest by which devices get it, too. Declarations that refer to what had the
 * name before refer to these from now on: their ServerTokens change in the same transaction. The file is on disk before anything says so.
 *
 * @throws ContentTooLarge, RevisionMoved, Refused also where a package lacks what its manifest has to say; AdminError `public-url-missing`
 */
export async function putContent(
  { name, type, octets, facts }: HandedIn,
  write: Write,
  services: Uses,
): Promise<Committed> {
  const manifest = await beginManifest(name, facts, services)
  const hashed = manifest === null ? { octets } : chunkHashes(octets, PACKAGE_CHUNK)
  const content: Handed = { name, type, ...(await services.contentFiles.receive(hashed.octets)) }
  const handed = [content]
  if (manifest !== null && 'hashes' in hashed) handed.push(await manifest.keep(content, hashed.hashes()))
  return services.store.transaction(async (tx) => {
    const declared = await beginWrite(tx, write)
    const moment = when(services)
    const [before] = await tx.contents({ name })
    for (const one of handed) await put(tx, one, moment)
    const committed = await recompile(tx, handed, declared, write, moment)
    const detail = { sha256: content.sha256, size: content.size, type, ...manifest?.facts }
    const { actor, action, subject: target } = write
    await tx.addAudit({ at: moment.now, actor, action, target, revision: committed.revision, detail })
    const known = manifest?.problems(before !== undefined && before.sha256 !== content.sha256) ?? []
    return { ...committed, problems: [...known, ...committed.problems] }
  })
}

async function put(tx: Transaction, content: Handed, { now }: When): Promise<void> {
  const [standing] = await tx.contents({ name: content.name })
  await tx.putContent({ ...content, addedAt: standing && isSame(standing, content) ? standing.addedAt : now })
}

function isSame(a: Handed, b: Handed): boolean {
  return a.sha256 === b.sha256 && a.type === b.type
}

type Handed = Pick<Content, 'name' | 'sha256' | 'size' | 'type'>

/** Writes anew what refers to the names. What was let through when it was written is so again. */
async function recompile(
  tx: Transaction,
  handed: readonly Handed[],
  declared: Committed['declared'],
  write: Write,
  moment: When,
): Promise<Committed> {
  const names = new Set(handed.map(({ name }) => name))
  const users = [...declared.declarations.values()].filter(({ payload }) =>
    contentsIn(payload).some(({ name }) => names.has(name)),
  )
  const before = new Map((await tx.cohorts()).map(({ id, common }) => [id, common]))
  const changes: Committed[] = []
  for (const version of users) {
    const { identifier, type } = version
    const payload = handed.reduce(recompiled, payloadOf(version))
    const draft = { identifier, type, payload, extra: {} }
    const own = { ...write, subject: `declarations/${identifier}`, detail: { content: handed[0]?.name ?? '' } }
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
