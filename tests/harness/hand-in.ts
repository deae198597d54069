import { createHash } from 'node:crypto'
import { request as plain } from 'node:http'
import { request as secure } from 'node:https'
import { Readable } from 'node:stream'
import type { EndpointQuery, EndpointResponse, Problem } from '@edict/api'
import { TOKEN } from './admin.ts'

export interface HandedIn {
  readonly status: number
  readonly answer: EndpointResponse<'put-content'> & Problem
}

/** Hands in content as octets, no faster than they are taken. An answer that comes early is read. `facts` are for the manifest of a package. */
export function handIn(
  url: string,
  name: string,
  type: string,
  octets: Uint8Array | string | Readable,
  facts: EndpointQuery<'put-content'> = {},
): Promise<HandedIn> {
  const request = url.startsWith('https:') ? secure : plain
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/octet-stream' }
  return new Promise((resolve, reject) => {
    const target = `${url}/api/v1/content/${name}?${new URLSearchParams({ type, ...facts })}`
    const out = request(target, { method: 'PUT', headers, agent: false }, (response) => {
      response.toArray().then((chunks) => {
        const answer = JSON.parse(Buffer.concat(chunks).toString()) as HandedIn['answer']
        resolve({ status: response.statusCode ?? 0, answer })
      }, reject)
    })
    // Whoever sends too much is hung up on, after the answer.
    out.on('error', (error) => setImmediate(reject, error))
    if (octets instanceof Readable) octets.pipe(out)
    else out.end(octets)
  })
}

/** Octets that are made as they are read, and their hash once they were; the last eighth comes after `pause`. */
export function madeOctets(mebibytes: number, pause: Promise<unknown> = Promise.resolve()) {
  const hash = createHash('sha256')
  async function* chunks() {
    for (let left = mebibytes * 16; left > 0; left -= 1) {
      if (left === mebibytes * 2) await pause
      const chunk = Buffer.alloc(64 * 1024, left % 251)
      hash.update(chunk)
      yield chunk
    }
  }
  return { octets: Readable.from(chunks(), { highWaterMark: 1 }), sha256: () => hash.copy().digest('hex') }
}
