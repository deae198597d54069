import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isInstalled } from './is-installed.ts'

const run = promisify(execFile)
const project = join(import.meta.dirname, '../..')

/** In tenths, as systemd counts exposure: below 2.0 is what it calls OK. */
const EXPOSURE = 20

describe.skipIf(!isInstalled('systemd-analyze'))('the unit for systemd', () => {
  let folder: string
  let unit: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'edict-unit-'))
    unit = join(folder, 'edict.service')
    const text = await readFile(join(project, 'deploy/systemd/edict.service'), 'utf8')
    await writeFile(unit, text.replaceAll('/opt/edict/', `${project}/`))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('is one that systemd understands, and starts what is there', async () => {
    const { stdout, stderr } = await run('systemd-analyze', ['verify', unit])
    expect(stdout + stderr).toBe('')
  })

  it('leaves the server little to harm beside its own data', async () => {
    const args = ['security', '--offline=true', '--no-pager', `--threshold=${EXPOSURE}`, unit]
    expect((await run('systemd-analyze', args)).stdout).toContain('Overall exposure level')
  })
})
