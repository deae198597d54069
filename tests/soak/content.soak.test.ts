import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { get, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { handIn, madeOctets } from '../harness/hand-in.ts'
import { openWorld, type World } from '../harness/world.ts'
import { watchHeld } from './watch-held.ts'

const MEBIBYTE = 1024 * 1024

let world: World
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'edict-content-'))
  world = await openWorld('sqlite', { options: { content: folder } })
})
afterAll(async () => {
  await world.close()
  await rm(folder, { recursive: true, force: true })
})

function begun(url: string | null, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(url ?? '', { headers }, resolve).on('error', reject)
  })
}

/** All from an octet on. */
async function partOf(url: string | null, start: number): Promise<Buffer> {
  return Buffer.concat(await (await begun(url, { range: `bytes=${start}-` })).toArray())
}

it('a package of 1 GiB comes and goes, its manifest has the hashes of all of it, and little of it is ever in memory', async () => {
  const mostHeld = watchHeld(500)
  const { octets, sha256 } = madeOctets(1024)
  const facts = { bundleIdentifier: 'com.example.huge', bundleVersion: '1' }
  const { answer } = await handIn(world.url, 'huge.pkg', 'application/octet-stream', octets, facts)
  expect(answer.content).toMatchObject({ size: 1024 * MEBIBYTE, sha256: sha256() })
  const hash = createHash('sha256')
  for await (const chunk of await begun(answer.content.url)) hash.update(chunk as Buffer)
  const most = mostHeld()
  expect(hash.digest('hex')).toBe(sha256())
  const manifest = Buffer.concat(await (await begun(answer.content.manifest)).toArray()).toString()
  expect(manifest.match(/<string>[0-9a-f]{64}<\/string>/g)).toHaveLength(Math.ceil(1024 / 10))
  const last = createHash('sha256')
    .update(await partOf(answer.content.url, 1020 * MEBIBYTE))
    .digest('hex')
  expect(manifest.lastIndexOf(last)).toBe(manifest.search(/[0-9a-f]{64}<\/string>\s*<\/array>/))
  // What has been read and is not swept yet counts too.
  expect(most).toBeLessThan(128)
}, 300_000)
