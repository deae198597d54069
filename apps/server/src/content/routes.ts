import type { FileHandle } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { type ContentReference, isContentName, isManifestName } from '@edict/core'
import type { Channel, Content } from '@edict/store'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { DeviceError } from '../device/device-error.ts'
import { prove } from '../identity/prove.ts'
import type { Proven } from '../identity/proven.ts'
import type { Services } from '../services.ts'
import { type ByteRange, byteRange } from './byte-range.ts'
import { downloadPlaces } from './download-places.ts'
import { keyedManifest } from './keyed-manifest.ts'

/** Downloads at once. A device takes few, and cannot take what others need. */
const PLACES = { all: 256, device: 8 }

const ROUTE = '/content/:sha256/:name'

/** Milliseconds for which a device may read nothing of what it downloads. */
const PATIENCE = 30_000

/** A signature of a download is over nothing. */
const NOTHING = new Uint8Array()

type Download = FastifyRequest<{ Params: { sha256: string; name: string }; Querystring: { key?: unknown } }>

/** Whether a download is asked for by a key: then nobody has to say who they are. */
export function isByKey({ routeOptions, query }: FastifyRequest): boolean {
  return routeOptions.url === ROUTE && (query as Download['query']).key !== undefined
}

/**
 * Where devices download hosted content: by the certificate of a device whose manifest refers to it, or by the key in a URL of such a
 * manifest. What is not there and what is not for a device look alike. Under one URL there is one content for ever.
 */
export function contentRoutes(app: FastifyInstance, services: Services): void {
  const places = downloadPlaces(PLACES)
  const { metrics, store } = services
  app.route({
    method: ['GET', 'HEAD'],
    url: ROUTE,
    handler: async (request: Download, reply) => {
      try {
        return await download(request, reply)
      } catch (error) {
        metrics.content.inc({ result: error instanceof DeviceError ? error.code : 'failed' })
        throw error
      }
    },
  })

  async function download(request: Download, reply: FastifyReply): Promise<FastifyReply> {
    const { device, content, key } = await granted(request)
    const manifest =
      key !== null && isManifestName(content.name) ? await keyedManifest(content, key, store.read, services) : null
    if (manifest !== null) {
      reply.header('x-content-type-options', 'nosniff').header('cache-control', 'private')
      reply.type(content.type).header('content-length', manifest.length)
      told(device, content, request.method === 'HEAD' ? 'head' : 'whole', reply, manifest.length)
      return reply.send(request.method === 'HEAD' ? undefined : manifest)
    }
    const range = isAboutThis(request, content) ? byteRange(request.headers.range, content.size) : null
    if (range === 'unsatisfiable') throw unsatisfiable(request, reply, content)
    const { start, end } = range ?? { start: 0, end: content.size - 1 }
    const sent = end - start + 1
    const kind = request.method === 'HEAD' ? 'head' : range === null ? 'whole' : 'part'
    const octets = kind === 'head' || sent === 0 ? undefined : await read(device ?? '', content, { start, end })
    if (range !== null) reply.code(206).header('content-range', `bytes ${start}-${end}/${content.size}`)
    reply.headers(headersOf(content)).type(content.type).header('content-length', sent)
    // Whoever stops reading is hung up on; Node goes back to its own times with the next request.
    if (octets !== undefined) reply.raw.setTimeout(PATIENCE)
    told(device, content, kind, reply, sent)
    return reply.send(octets)
  }

  function told(
    enrollment: string | null,
    { name, sha256 }: Content,
    result: string,
    reply: FastifyReply,
    sent: number,
  ) {
    const { statusCode: status } = reply
    metrics.content.inc({ result })
    metrics.deviceRequests.inc({ endpoint: 'content', status })
    services.log.info({ enrollment, endpoint: 'content', status, name, sha256, sent }, 'device')
  }

  /** A key that is there decides alone: who has none says who they are. */
  async function granted({ raw, params, query: { key } }: Download) {
    if (key !== undefined) return byKey(key, params, services)
    const proven = await prove(raw, NOTHING, services)
    const device = proven === null ? null : await deviceOf(proven, services)
    return { device, content: await meantFor(device, params, services), key: null }
  }

  /** Octets of content, for as long as there is a place. @throws DeviceError `downloads-busy`, `content-unavailable` */
  async function read(device: string, content: Content, range: ByteRange): Promise<Readable> {
    const letGo = places.take(device)
    if (letGo === null)
      throw new DeviceError('downloads-busy', 'Cannot send this content now: too many downloads are under way')
    try {
      const octets = (await opened(content)).createReadStream(range)
      return octets.once('close', letGo)
    } catch (error) {
      letGo()
      throw error
    }
  }

  async function opened({ sha256, name }: Content): Promise<FileHandle> {
    const file = await services.contentFiles.open(sha256).catch((error: unknown) => {
      services.log.error({ err: error, name, sha256 }, 'content cannot be read')
      return null
    })
    if (file !== null) return file
    services.log.error({ name, sha256 }, 'content is not in the directory of --content')
    throw new DeviceError('content-unavailable', 'Cannot send this content now: it cannot be read')
  }
}

function unsatisfiable({ headers }: FastifyRequest, reply: FastifyReply, { size }: Content): DeviceError {
  reply.header('content-range', `bytes */${size}`)
  return new DeviceError('range-unsatisfiable', 'Cannot send these octets: the content has not so many', {
    at: 'Range',
    found: headers.range,
    expected: `less than ${size}`,
  })
}

function headersOf({ sha256 }: Content): Readonly<Record<string, string>> {
  return {
    etag: `"${sha256}"`,
    'accept-ranges': 'bytes',
    // It never changes, and it is for this device and nobody on the way.
    'cache-control': 'private, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  }
}

/** A range is asked for on the condition that the content is still the one that was begun. @see RFC 9110 §13.1.5 */
function isAboutThis({ headers }: FastifyRequest, { sha256 }: Content): boolean {
  const condition = headers['if-range']
  return condition === undefined || condition === `"${sha256}"`
}

/** Whose a certificate is. A renewed one that was not used yet is, too. @throws DeviceError `identity-unpinned`, `identity-revoked` */
async function deviceOf({ certificate }: Proven, { store }: Pick<Services, 'store'>): Promise<string> {
  const pin = await store.read.pin(certificate.fingerprint)
  if (pin === undefined) {
    throw new DeviceError('identity-unpinned', 'Cannot send content: this certificate is no device’s', {
      expected: 'the certificate of an enrolled device',
    })
  }
  if (pin.state !== 'revoked') return pin.enrollment
  throw new DeviceError('identity-revoked', 'Cannot send content: this certificate was revoked', {
    expected: 'a certificate that was not revoked',
  })
}

/** By the key in its URL. What is wrong with one nobody is told. @throws DeviceError `content-gone` */
async function byKey(key: unknown, { sha256, name }: ContentReference, services: Services) {
  const { store, contentKeys, referredContent } = services
  const made = typeof key === 'string' ? await contentKeys.read(key, sha256, store.read) : null
  const channel = made === null ? undefined : await store.read.channel(made.enrollment)
  if (made === null || channel === undefined || !(await isBelieved(channel, services))) throw gone()
  const { id, device } = channel.enrollment
  if (!(await referredContent.hasKeyed(id, { sha256, name, secret: made.secret }, store.read))) throw gone()
  return { device, content: await meantFor(null, { sha256, name }, services), key: made }
}

/** Whoever was revoked gets nothing by a key either. */
async function isBelieved({ enrollment }: Channel, { store, settings }: Services): Promise<boolean> {
  if (settings.insecureDevices) return true
  return (await store.read.pinsOf(enrollment.device)).some(({ state }) => state !== 'revoked')
}

/** Null for the device: devices are believed without a proof, and all get all. @throws DeviceError `content-gone` */
async function meantFor(
  device: string | null,
  { sha256, name }: ContentReference,
  services: Services,
): Promise<Content> {
  const { store, referredContent } = services
  if (/^[0-9a-f]{64}$/.test(sha256) && isContentName(name)) {
    const isTheirs = device === null || (await referredContent.isReferred(device, { sha256, name }, store.read))
    const content = isTheirs ? (await store.read.contents({ sha256 })).find((one) => one.name === name) : undefined
    if (content !== undefined) return content
  }
  throw gone()
}

function gone(): DeviceError {
  return new DeviceError('content-gone', 'Cannot find this content: no manifest of this device refers to it', {
    expected: 'a URL in a declaration that this device has',
  })
}
