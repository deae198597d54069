import { contentPath, type Declared, isManifestName, manifestName } from '@edict/core'
import type { Content } from '@edict/store'
import type { FastifyRequest } from 'fastify'
import { unhurriedly } from '../broken-request.ts'
import { ContentTooLarge } from '../content/content-files.ts'
import { contentMissing, contentUsers, deleteContent } from '../operations/delete-content.ts'
import { putContent } from '../operations/put-content.ts'
import { rotateContentKey } from '../operations/rotate-content-key.ts'
import type { Services } from '../services.ts'
import { changed } from './changed.ts'
import { moment, momentOrNull } from './moment.ts'
import { pageOf } from './paging.ts'
import { AdminError } from './problem.ts'
import type { Handlers } from './request.ts'

/** Milliseconds for which nothing may come of what is handed in. */
const PATIENCE = 30_000

export const contentHandlers: Handlers<
  'list-content' | 'put-content' | 'get-content' | 'delete-content' | 'rotate-content-key'
> = {
  'list-content': async ({ query }, services) => {
    const page = pageOf(await services.store.read.standingContents(), ({ name }) => name, query)
    return { items: page.items.map((one) => summary(one, services)), next: page.next }
  },

  'put-content': async (request, services) => {
    const { params, query, raw, reply } = request
    const { type = 'application/octet-stream', ...facts } = query
    const end = unhurriedly(raw.raw.socket, PATIENCE)
    try {
      const octets = raw.raw.iterator({ destroyOnReturn: false })
      const committed = await putContent({ name: params.name, type, octets, facts }, request.write, services)
      return { ...changed(committed, request), content: await resource(params.name, committed.declared, services) }
    } catch (error) {
      // The rest is not read: the connection ends with the answer.
      if (!raw.raw.readableEnded) reply.header('connection', 'close')
      throw error instanceof ContentTooLarge ? tooLarge(error, raw) : error
    } finally {
      end()
    }
  },

  'get-content': async ({ params }, services) => resource(params.name, await services.store.read.declared(), services),

  'delete-content': async ({ params, write }, services) => {
    await deleteContent(params.name, write, services)
    return { content: params.name }
  },

  'rotate-content-key': async (request, services) => {
    const committed = await rotateContentKey(request.write, services)
    return { ...changed(committed, request), secret: committed.secret }
  },
}

function tooLarge({ limit }: ContentTooLarge, { headers }: FastifyRequest): AdminError {
  return new AdminError('body-too-large', `Cannot keep this content: it has more than ${limit} octets`, {
    found: headers['content-length'] ?? 'more',
    expected: `at most ${limit}`,
    remedy: 'start the server with a larger --content-size',
  })
}

async function resource(name: string, declared: Declared, services: Pick<Services, 'store' | 'reach'>) {
  const [standing, ...earlier] = await services.store.read.contents({ name })
  if (standing === undefined) throw contentMissing(name)
  return {
    ...summary(standing, services),
    manifest: await manifestUrl(name, services),
    earlier: earlier.map((one) => ({ ...octets(one), replacedAt: momentOrNull(one.replacedAt) })),
    usedBy: [...contentUsers(name, declared)],
  }
}

async function manifestUrl(name: string, services: Pick<Services, 'store' | 'reach'>): Promise<string | null> {
  if (isManifestName(name)) return null
  const [manifest] = await services.store.read.contents({ name: manifestName(name) })
  return manifest === undefined ? null : summary(manifest, services).url
}

function summary(content: Content, { reach }: Pick<Services, 'reach'>) {
  const base = reach.url()
  return { name: content.name, ...octets(content), url: base === null ? null : base + contentPath(content) }
}

function octets({ sha256, size, type, addedAt }: Content) {
  return { sha256, size, type, addedAt: moment(addedAt) }
}
