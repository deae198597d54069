import { request as plain } from 'node:http'
import { request as secure } from 'node:https'
import type { Readable } from 'node:stream'

interface Sent {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

/** Sends octets as they are read, no faster than they are taken: what fetch does keeps all of them in memory. */
export function sendOctets(url: URL, octets: Readable, { method, headers, signal }: Sent): Promise<Response> {
  const request = url.protocol === 'https:' ? secure : plain
  return new Promise((resolve, reject) => {
    const out = request(url, { method, headers, agent: false, ...(signal === undefined ? {} : { signal }) })
    out.on('response', (answer) => {
      answer.toArray().then((chunks) => {
        const type = answer.headers['content-type'] ?? ''
        const response = new Response(Buffer.concat(chunks), {
          status: answer.statusCode ?? 500,
          headers: { 'content-type': type },
        })
        resolve(Object.defineProperty(response, 'url', { value: url.href }))
      }, reject)
    })
    // An answer that came before all was sent is an answer.
    out.on('error', (error) => setImmediate(reject, error))
    octets.on('error', (error) => out.destroy(error))
    octets.pipe(out)
  })
}
