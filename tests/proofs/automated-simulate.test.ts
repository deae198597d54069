import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { simulate } from '@edict/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databases } from '../harness/databases.ts'
import { openWorld, type World } from '../harness/world.ts'

describe.each(databases)('edict simulate --automated on %s', (database) => {
  let folder: string
  let world: World
  const fleet = () => ({ machineInfoCa: join(folder, 'lab.pem'), count: '3', keys: 'related', seed: database })
  const run = (options: Record<string, string | boolean>) => {
    const lines: string[] = []
    const said: string[] = []
    const ending = new AbortController()
    const io = {
      stdout: (line: string) => lines.push(line),
      stderr: (line: string) => said.push(line),
      signal: ending.signal,
    }
    const code = simulate({ meet: join(folder, 'meet'), aggregate: '0', ...fleet(), ...options }, io)
    return { lines, said, code, end: () => ending.abort() }
  }
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'edict-automated-'))
  })
  afterAll(async () => {
    await world?.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('makes an authority once, tells serial numbers, and enrolls who is expected', async () => {
    const told = run({ serials: true })
    expect(await told.code).toBe(0)
    expect(new Set(told.lines).size).toBe(3)
    expect((await stat(join(folder, 'lab.pem.key'))).mode & 0o077).toBe(0)
    world = await openWorld(database, { insecureDevices: false, options: { machineInfoCa: join(folder, 'lab.pem') } })
    const automated = `${world.url}/enroll/automated`

    const refused = run({ automated, enrollAtOnce: '1' })
    expect([await refused.code, refused.said.join()]).toEqual([4, expect.stringContaining('not expected')])

    await world.admin('expect-devices', { body: { serials: told.lines, awaits: true } })
    const enrolled = run({ automated, await: true })
    await expect.poll(() => enrolled.lines[0]).toContain('"devices":3')
    const { items } = await world.admin('list-enrollments')
    expect(
      items
        .filter(({ channel }) => channel === 'device')
        .map(({ serialNumber }) => serialNumber)
        .sort(),
    ).toEqual([...told.lines].sort())
    enrolled.end()
    expect(await enrolled.code).toBe(0)
  })

  it('needs the authority, one way to enroll, and devices that can', async () => {
    const automated = 'https://mdm.example/enroll/automated'
    for (const options of [
      { automated, machineInfoCa: '' },
      { automated, invitation: 'https://mdm.example/enroll/x' },
      { automated, kind: 'byod-iphone' },
    ]) {
      const { code, said } = run(options)
      expect([await code, said.join()]).toEqual([2, expect.stringContaining('Cannot enroll')])
    }
  })
})
