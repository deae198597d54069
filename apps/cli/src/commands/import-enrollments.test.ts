import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { edict, listen } from '../captured-cli.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'edict-import-'))
})
afterAll(() => rm(folder, { recursive: true }))

interface Batch {
  readonly rows: readonly { readonly UDID: string }[]
}

/** A server that refuses devices whose UDID begins with R. */
async function run(text: string, ...args: readonly string[]) {
  const file = join(folder, 'rows.jsonl')
  await writeFile(file, text)
  await using peer = await listen(({ body }) => {
    const items = (body as Batch).rows.map(({ UDID }, index) =>
      UDID.startsWith('R')
        ? { index, enrollment: UDID, result: 'refused', code: 'enrollment-exists', detail: 'no', remedy: 'leave it' }
        : { index, enrollment: UDID, result: 'imported' },
    )
    const refused = items.filter(({ result }) => result === 'refused').length
    return { body: { imported: items.length - refused, unchanged: 0, refused, items } }
  })
  const env = { EDICT_URL: peer.url, EDICT_ADMIN_TOKEN: 'secret' }
  const ended = await edict(['enrollments', 'import', file, ...args], env)
  return { ...ended, bodies: peer.asked.map(({ body }) => body as Batch) }
}

const lines = (count: number) => Array.from({ length: count }, (_, index) => `{"UDID":"A${index}"}`).join('\n')

describe('edict enrollments import', () => {
  it('sends some rows at a time, and tells the sum', async () => {
    const { code, stdout, bodies } = await run(lines(600))
    expect(bodies.map(({ rows }) => rows.length)).toEqual([250, 250, 100])
    expect({ code, stdout }).toEqual({ code: 0, stdout: '600 imported, 0 unchanged, 0 refused\n' })
  })

  it('sends large rows by fewer', async () => {
    const row = JSON.stringify({ UDID: 'A', UnlockToken: 'x'.repeat(3 * 1024 * 1024) })
    expect((await run(`${row}\n${row}\n${row}\n`)).bodies.map(({ rows }) => rows.length)).toEqual([2, 1])
  })

  it('names the line of each row that is refused or cannot be read, and ends with 1', async () => {
    const text = '{"UDID":"A"}\n{"UDID":\n\n{"UDID":"R"}\n{"UDID":"B"}\n'
    const { code, stdout, bodies } = await run(text)
    expect(bodies.map(({ rows }) => rows.map(({ UDID }) => UDID))).toEqual([['A', 'R', 'B']])
    expect(stdout).toMatch(
      /^line 2: it is no JSON.*\(row-unreadable\)\nline 4: no \(enrollment-exists\)\n {2}do: leave it\n/,
    )
    expect(stdout).toContain('2 imported, 0 unchanged, 2 refused')
    expect(code).toBe(1)
    const json = JSON.parse((await run(text, '--json')).stdout)
    expect(json).toMatchObject({
      imported: 2,
      refused: 2,
      items: [{ line: 2 }, { line: 4, code: 'enrollment-exists' }],
    })
  })

  it('passes its options on, and nothing that was not said', async () => {
    expect(Object.keys((await run(lines(1))).bodies[0] ?? {})).toEqual(['rows'])
    const all = await run(lines(1), '--dry-run', '--trust-first-contact', '--wake')
    expect(all.bodies[0]).toMatchObject({ dryRun: true, trustFirstContact: true, wake: true })
    expect(all.stdout).toContain('nothing was changed')
  })
})
