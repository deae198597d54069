import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { edict } from '../captured-cli.ts'

const forum = readFileSync(new URL('../../../../examples/silent/forum.jsonl', import.meta.url), 'utf8')
const doctor = (text: string, ...args: string[]) =>
  edict(['doctor', '--trace', 'a.jsonl', ...args], {}, { 'a.jsonl': text })

describe('edict doctor --trace', () => {
  it('draws what was said, says where it stands, and ranks what may be the cause', async () => {
    const { code, stdout } = await doctor(forum)
    expect(code).toBe(1)
    expect(stdout).toContain('← DeclarativeManagement')
    expect(stdout).toContain('It has the manifest, and fetched no declaration (manifest-nothing-fetched)')
    expect(stdout).toMatch(/1\. The device has every pair .*\n {3}all-pairs-already-known: likely; documented/)
    expect(stdout).toContain('An empty array (asset, management) is legal')
  })

  it('says the same as JSON: stage, causes with code, rank, evidence and remedy, findings', async () => {
    const { stdout } = await doctor(forum, '--json')
    const { stage, causes, findings } = JSON.parse(stdout)
    expect(stage).toBe('manifest-nothing-fetched')
    expect(causes[0]).toMatchObject({
      code: 'all-pairs-already-known',
      rank: 1,
      evidence: [{ entry: 10 }, {}, {}],
      remedy: expect.stringContaining('ServerToken'),
    })
    expect(findings).toHaveLength(4)
  })

  it('tells which lines it cannot use, and uses the others', async () => {
    const { stderr, stdout } = await doctor(`{"at": 5}\n${forum}`)
    expect(stderr).toContain('Cannot use line 1')
    expect(stdout).toContain('manifest-nothing-fetched')
  })

  it('says what a record is when there is none, or nothing in it', async () => {
    expect(await edict(['doctor'])).toMatchObject({ code: 2, stderr: expect.stringContaining('--trace FILE') })
    expect(await doctor('')).toMatchObject({ code: 2, stderr: expect.stringContaining('HAR') })
    expect(await doctor('nonsense')).toMatchObject({ code: 2, stderr: expect.stringContaining('line 1') })
  })

  it('leaves the drawing out when asked to', async () => {
    const { stdout } = await doctor(forum, '--no-timeline')
    expect(stdout).not.toContain('← DeclarativeManagement')
  })
})
