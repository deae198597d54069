import { contentsIn, PACKAGE_CHUNK, type PackageFacts, payloadOf, recompiled } from '@edict/core'
import type { Content, Transaction } from '@edict/store'
import { chunkHashes } from '../content/chunk-hashes.ts'
import { type Services, type When, when } from '../services.ts'
import { beginManifest } from './begin-manifest.ts'
import { beginWrite, type Committed, type Write } from './commit.ts'
import { rewriteDeclarations } from './rewrite-declarations.ts'

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
    const names = new Set(handed.map((one) => one.name))
    const rewritten = [...declared.declarations.values()]
      .filter(({ payload }) => contentsIn(payload).some((one) => names.has(one.name)))
      .map((version) => ({ version, payload: handed.reduce(recompiled, payloadOf(version)) }))
    const ofContent = { ...write, detail: { content: name } }
    const committed = await rewriteDeclarations(tx, rewritten, declared, ofContent, moment)
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
