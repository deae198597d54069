import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { get, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { handIn, madeOctets } from '../harness/hand-in.ts'
import { openWorld, type World } from '../harness/world.ts'

const MEBIBYTE = 1024 * 1024

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

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

it('a content of 1 GiB comes and goes, and little of it is ever in memory', async () => {
  const held = () => {
    collectGarbage()
    return process.memoryUsage().arrayBuffers / MEBIBYTE
  }
  const start = held()
  let most = 0
  const watch = setInterval(() => {
    most = Math.max(most, held() - start)
  }, 500)
  const { octets, sha256 } = madeOctets(1024)
  const { answer } = await handIn(world.url, 'huge', 'application/zip', octets)
  expect(answer.content).toMatchObject({ size: 1024 * MEBIBYTE, sha256: sha256() })
  const download = await new Promise<IncomingMessage>((resolve, reject) => {
    get(answer.content.url ?? '', resolve).on('error', reject)
  })
  const hash = createHash('sha256')
  for await (const chunk of download) hash.update(chunk as Buffer)
  clearInterval(watch)
  expect(hash.digest('hex')).toBe(sha256())
  // What has been read and is not swept yet counts too.
  expect(most).toBeLessThan(128)
}, 300_000)
