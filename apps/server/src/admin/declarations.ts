import { type DeclarationVersion, type Declared, type Draft, payloadOf, references } from '@edict/core'
import type { Reads, StoredVersion } from '@edict/store'
import { commitEdit } from '../operations/commit.ts'
import { putDeclaration } from '../operations/put-declaration.ts'
import { changed } from './changed.ts'
import { moment } from './moment.ts'
import { pageOf } from './paging.ts'
import { AdminError } from './problem.ts'
import type { Handlers } from './request.ts'

type Names =
  | 'list-declarations'
  | 'put-declaration'
  | 'get-declaration'
  | 'delete-declaration'
  | 'list-declaration-versions'
  | 'reapply-declaration'

export const declarationHandlers: Handlers<Names> = {
  'list-declarations': async ({ query }, { store }) => {
    const { declarations } = await store.read.declared()
    const all = [...declarations.values()]
      .filter((version) => query.kind === undefined || version.kind === query.kind)
      .filter((version) => query.type === undefined || version.type === query.type)
      .filter((version) => query.q === undefined || version.identifier.includes(query.q))
      .sort((a, b) => (a.identifier < b.identifier ? -1 : 1))
    const page = pageOf(all, (version) => version.identifier, query)
    const items = await Promise.all(page.items.map(async (version) => summary(await stored(store.read, version))))
    return { items, next: page.next }
  },

  'put-declaration': async (request, services) => {
    const { identifier } = request.params
    const { Type, Payload, ...extra } = request.body
    const draft: Draft = { identifier, type: Type, payload: Payload, extra: extra as Draft['extra'] }
    const { override } = request.query
    const committed = await putDeclaration(withoutEcho(draft), { ...request.write, override }, services)
    return {
      ...changed(committed, request),
      declaration: await resource(services.store.read, committed.declared, identifier),
    }
  },

  'get-declaration': async ({ params, reply }, { store }) => {
    const declared = await store.read.declared()
    reply.header('etag', `"${declared.revision}"`)
    return resource(store.read, declared, params.identifier)
  },

  'delete-declaration': async (request, services) => {
    const edit = { kind: 'delete-declaration', identifier: request.params.identifier } as const
    return changed(await commitEdit(edit, request.write, services), request)
  },

  'list-declaration-versions': async ({ params, query }, { store }) => {
    const versions = await store.read.versions(params.identifier)
    if (versions.length === 0) throw missing(params.identifier)
    const newestFirst = [...versions].sort((a, b) => b.version - a.version)
    const page = pageOf(newestFirst, (version) => String(1e9 - version.version).padStart(10, '0'), query)
    return {
      items: page.items.map((version) => ({
        version: version.version,
        Type: version.type,
        Payload: payloadOf(version),
        ServerToken: version.contentHash,
        reapply: version.reapply,
        revision: version.revision,
        at: moment(version.at),
      })),
      next: page.next,
    }
  },

  'reapply-declaration': async (request, services) => {
    const { identifier } = request.params
    const committed = await commitEdit({ kind: 'reapply-declaration', identifier }, request.write, services)
    return {
      ...changed(committed, request),
      declaration: await resource(services.store.read, committed.declared, identifier),
    }
  },
}

/** What was read from Edict may be written back: what it adds to a declaration says nothing new. */
function withoutEcho(draft: Draft): Draft {
  const extra = Object.entries(draft.extra).filter(([key]) => !ADDED.has(key))
  return { ...draft, extra: Object.fromEntries(extra) }
}

const ADDED: ReadonlySet<string> = new Set(['kind', 'version', 'reapply', 'changedAt', 'references', 'usedBy'])

async function stored(reads: Reads, version: DeclarationVersion): Promise<StoredVersion> {
  const found = (await reads.versions(version.identifier)).find((other) => other.version === version.version)
  return found ?? { ...version, at: 0, revision: 0 }
}

function summary(version: StoredVersion) {
  return {
    Identifier: version.identifier,
    Type: version.type,
    ServerToken: version.contentHash,
    kind: version.kind,
    version: version.version,
    reapply: version.reapply,
    changedAt: moment(version.at),
  }
}

async function resource(reads: Reads, declared: Declared, identifier: string) {
  const version = declared.declarations.get(identifier)
  if (version === undefined) throw missing(identifier)
  const payload = payloadOf(version)
  return {
    ...summary(await stored(reads, version)),
    Payload: payload,
    references: [...new Set(references(version.type, payload).map(({ to }) => to))],
    usedBy: {
      declarations: [...declared.declarations.values()]
        .filter((other) => references(other.type, payloadOf(other)).some(({ to }) => to === identifier))
        .map((other) => other.identifier),
      sets: [...declared.sets].filter(([, members]) => members.includes(identifier)).map(([name]) => name),
    },
  }
}

function missing(identifier: string): AdminError {
  return new AdminError('declaration-missing', `Cannot find declaration ${identifier}`, {
    found: identifier,
    remedy: 'look at the list of declarations for the right Identifier',
  })
}
