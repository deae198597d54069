import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TOKEN } from '../harness/admin.ts'
import { databases } from '../harness/databases.ts'
import { TOPIC } from '../harness/speaker.ts'
import { openWorld, type World } from '../harness/world.ts'

const ROWS = 10_000
const PROGRAM = fileURLToPath(new URL('../../apps/cli/src/main.ts', import.meta.url))

/** What the program may take of memory, in MiB. The file is larger than that. */
const MEMORY = 400

/** Rows of devices with an unlock token each, and one that breaks off in the middle. */
async function writeRows(file: string): Promise<number> {
  const out = createWriteStream(file)
  for (let index = 0; index < ROWS; index += 1) {
    const row = JSON.stringify({
      UDID: `IMPORT-${index}`,
      Topic: TOPIC,
      Token: createHash('sha256').update(`${index}`).digest('base64'),
      PushMagic: `magic ${index}`,
      SerialNumber: `SERIAL${index}`,
      ProductName: 'iPad13,1',
      OSVersion: '26.1',
      certificateHash: createHash('sha256').update(`certificate ${index}`).digest('hex'),
      UnlockToken: Buffer.alloc(3000, `${index}`).toString('base64'),
    })
    const line = index === ROWS / 2 ? row.slice(0, 100) : row
    if (!out.write(`${line}\n`)) await once(out, 'drain')
  }
  out.end()
  await finished(out)
  return out.bytesWritten
}

/** Runs the command line as a process of its own. `memory` is its peak, in MiB. */
async function edict(url: string, ...args: readonly string[]) {
  const wrapped = `process.on('exit', () => console.error('peak ' + process.resourceUsage().maxRSS)); await import(${JSON.stringify(PROGRAM)})`
  const child = spawn(process.execPath, ['--input-type=module', '-e', wrapped, '--', 'edict', ...args], {
    env: { ...process.env, EDICT_URL: url, EDICT_ADMIN_TOKEN: TOKEN },
  })
  const [code, stdout, stderr] = await Promise.all([
    new Promise<number | null>((resolve) => child.once('exit', resolve)),
    child.stdout.setEncoding('utf8').toArray(),
    child.stderr.setEncoding('utf8').toArray(),
  ])
  const peak = /peak (\d+)/.exec(stderr.join(''))
  return { code, stdout: stdout.join(''), stderr: stderr.join(''), memory: Number(peak?.[1]) / 1024 }
}

describe.each(databases)('an import of many rows on %s', (database) => {
  let world: World
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'edict-imports-'))
    world = await openWorld(database, { insecureDevices: false })
  })
  afterAll(async () => {
    await world.close()
    await rm(folder, { recursive: true })
  })

  it('takes all that can be read, in bounded memory and time, and nothing the second time', async () => {
    const file = join(folder, 'rows.jsonl')
    const size = await writeRows(file)
    expect(size).toBeGreaterThan(40 * 1024 * 1024)
    const began = performance.now()
    const first = await edict(world.url, 'enrollments', 'import', file)
    const seconds = (performance.now() - began) / 1000
    expect(first.stderr).toMatch(/^peak/)
    expect(first.stdout).toContain(`line ${ROWS / 2 + 1}: it is no JSON`)
    expect(first.stdout).toContain(`${ROWS - 1} imported, 0 unchanged, 1 refused`)
    expect(first.code).toBe(1)
    expect(first.memory).toBeLessThan(MEMORY)
    expect(seconds).toBeLessThan(120)
    const again = await edict(world.url, 'enrollments', 'import', file)
    expect(again.stdout).toContain(`0 imported, ${ROWS - 1} unchanged, 1 refused`)
    expect((await world.server.services.store.scan.counts()).enrollments.enrolled).toBe(ROWS - 1)
    const exported = await edict(world.url, 'enrollments', 'export')
    expect(exported.stdout.split('\n').filter(Boolean)).toHaveLength(ROWS - 1)
  }, 300_000)
})
