import { createHash } from 'node:crypto'
import type { EndpointResponse, Problem } from '@edict/api'
import { TOKEN } from './admin.ts'

export type HandedIn = EndpointResponse<'put-content'>

/** Hands in content as octets; a stream is read as it is sent. */
export async function handIn(url: string, name: string, type: string, octets: string | Uint8Array | ReadableStream) {
  const response = await fetch(`${url}/api/v1/content/${name}?type=${encodeURIComponent(type)}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/octet-stream', connection: 'close' },
    body: octets as string,
    ...{ duplex: 'half' },
  })
  return { status: response.status, answer: (await response.json()) as HandedIn & Problem }
}

/** Octets that are made as they are read, and their hash once they were. */
export function madeOctets(mebibytes: number) {
  const hash = createHash('sha256')
  const chunk = Buffer.alloc(256 * 1024)
  let left = mebibytes * 4
  const octets = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (left === 0) return controller.close()
        left -= 1
        const one = Buffer.from(chunk.fill(left % 251))
        hash.update(one)
        controller.enqueue(one)
      },
    },
    { highWaterMark: 1 },
  )
  return { octets, sha256: () => hash.copy().digest('hex') }
}
