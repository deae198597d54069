import { describe, expect, it } from 'vitest'
import { edict, listen } from '../captured-cli.ts'

const file = `[
  { "Type": "com.apple.configuration.passcode.settings", "Identifier": "a", "Payload": {} },
  {
    "Type": "com.apple.configuration.passcode.settings", "Identifier": "p",
    "Payload": { "MinimumLength": 20 }
  }
]`
const range = {
  code: 'payload-range',
  at: '/Payload/MinimumLength',
  line: 1,
  column: 80,
  found: 20,
  expected: 'an integer from 0 to 16',
  remedy: 'the nearest is 16',
}
const refusal = { type: 'about:blank', title: '', status: 422, detail: 'Cannot use 20 for MinimumLength', ...range }
const change = { revision: 2, problems: [], effects: { declarations: ['p'], cohorts: 0, channels: 0 } }

const server = (problem: object) =>
  listen(({ path }) =>
    path.endsWith('/a') || path.includes('override=')
      ? { body: change }
      : { status: 422, type: 'application/problem+json', body: problem },
  )

describe('declarations put', () => {
  const put = async (problem: object, ...more: readonly string[]) => {
    await using peer = await server(problem)
    const args = ['declarations', 'put', 'all.json', '--server', peer.url, ...more]
    return { ...(await edict(args, {}, { 'all.json': file })), asked: peer.asked }
  }

  it('shows a refusal in the file that was given, and that it can be overridden', async () => {
    const { code, stderr } = await put(refusal)
    expect(code).toBe(4)
    expect(stderr).toBe(`all.json:5:35: error payload-range: Cannot use 20 for MinimumLength
5 |     "Payload": { "MinimumLength": 20 }
  |                                   ^
  found: 20
  expected: an integer from 0 to 16
  do: the nearest is 16
If you know better: --override <reason> makes warnings of this, and the audit log keeps the reason
`)
  })

  it('offers no override where one problem of several cannot be overridden', async () => {
    const dangling = { code: 'reference-missing', severity: 'error', message: 'Cannot refer to x', at: '/Payload' }
    const both = [{ ...range, severity: 'error', message: 'Cannot use 20' }, dangling]
    const { stderr } = await put({ ...refusal, problems: both })
    expect(stderr).toContain('all.json:5:35: error payload-range: Cannot use 20\n')
    expect(stderr).toContain('all.json:5:16: error reference-missing: Cannot refer to x\n')
    expect(stderr).not.toContain('--override')
  })

  it('has the places of the file in JSON too', async () => {
    const { stderr } = await put(refusal, '--json')
    const { problems, line } = JSON.parse(stderr)
    expect(problems).toMatchObject([
      { path: 'all.json', line: 5, column: 35, at: '/1/Payload/MinimumLength', code: 'payload-range' },
    ])
    expect(line).toBeUndefined()
  })

  it('sends the reason of an override', async () => {
    const { code, asked } = await put(refusal, '--override', 'our seed takes 20')
    expect(code).toBe(0)
    expect(asked.map(({ path }) => path)).toEqual([
      '/api/v1/declarations/a?override=our+seed+takes+20',
      '/api/v1/declarations/p?override=our+seed+takes+20',
    ])
  })

  it('shows warnings of a commit in the file', async () => {
    const warned = { ...change, problems: [{ ...range, severity: 'warning', message: 'Cannot use 20' }] }
    await using peer = await listen(() => ({ body: warned }))
    const { code, stderr } = await edict(['declarations', 'put', 'p', '--server', peer.url], {}, { p: file })
    expect(code).toBe(0)
    expect(stderr).toContain('p:5:35: warning payload-range: Cannot use 20\n')
  })

  it('says why a file is no JSON, and knows the slips of a slide', async () => {
    const slide = '{"Type": "com.apple.activation.simple",\n "Predicate": "("Lower" IN @property(roles))"}'
    const { code, stderr } = await edict(['declarations', 'put', 's.json'], {}, { 's.json': slide })
    expect(code).toBe(2)
    expect(stderr).toMatch(/^s\.json:2:17: error quotes-unescaped: /)
    expect(stderr).toContain("('Lower' IN @property(roles))")
    const none = await edict(['declarations', 'put', 's.json'], {}, { 's.json': '{"Type" 1}' })
    expect(none).toMatchObject({ code: 2, stderr: expect.stringMatching(/^s\.json:1:9: error json-syntax: /) })
  })
})

describe('sets put', () => {
  it('takes an override, and offers it', async () => {
    await using peer = await server({ ...refusal, code: 'settings-conflict', at: '/declarations/0' })
    const args = ['sets', 'put', 's', 'p', '--server', peer.url]
    expect((await edict(args)).stderr).toContain('--override <reason>')
    expect((await edict([...args, '--override', 'one is for users'])).code).toBe(0)
    expect(peer.asked.at(-1)?.path).toBe('/api/v1/sets/s?override=one+is+for+users')
  })
})
