import { createHash } from 'node:crypto'
import { type Agent, get } from 'node:http'

/** What came of a download: its octets are looked at and not kept. */
export interface Downloaded {
  readonly status: number
  readonly size: number
  /** In lower-case hexadecimal. */
  readonly sha256: string
}

export function download(url: string, headers: Readonly<Record<string, string>>, agent: Agent): Promise<Downloaded> {
  return new Promise((resolve, reject) => {
    get(url, { headers, agent }, (response) => {
      const hash = createHash('sha256')
      let size = 0
      response.on('data', (octets: Buffer) => {
        size += octets.length
        hash.update(octets)
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, size, sha256: hash.digest('hex') }))
      response.on('error', reject)
    }).on('error', reject)
  })
}
