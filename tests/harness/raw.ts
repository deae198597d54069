import { request as plain } from 'node:http'
import { type RequestOptions, request as secure } from 'node:https'

export interface RawReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: string
}

export interface RawRequest {
  readonly path?: string
  readonly method?: string
  /** Content-Type. */
  readonly type?: string
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
  /** What a client shows over TLS, and how it goes about it. */
  readonly tls?: Pick<RequestOptions, 'cert' | 'key' | 'agent'>
}

/** One request, byte for byte: nothing is added, followed or decompressed, and an answer that comes early is read. */
export function sendRaw(url: string, body: string | Uint8Array, sent: RawRequest = {}): Promise<RawReply> {
  const { path = '/', method = 'PUT', type = 'application/json', headers = {}, tls = {} } = sent
  const request = url.startsWith('https:') ? secure : plain
  return new Promise((resolve, reject) => {
    const length = { 'content-type': type, 'content-length': String(Buffer.byteLength(body)) }
    const given = { ...length, ...(headers as Record<string, string | string[]>) }
    const options = { method, headers: given, agent: false, rejectUnauthorized: false, ...tls }
    const out = request(`${url}${path}`, options, (response) => {
      response.toArray().then((chunks) => {
        const text = Buffer.concat(chunks).toString()
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text })
      }, reject)
    })
    // Whoever sends too much is hung up on, after the answer.
    out.on('error', (error) => setImmediate(reject, error))
    out.end(body)
  })
}
