import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { edict } from '../captured-cli.ts'

const activation = {
  Type: 'com.apple.activation.simple',
  Identifier: 'wifi.on',
  Payload: { StandardConfigurations: ['wifi'], Predicate: '@status(passcode.is-compliant) == TRUE' },
}
const wifi = {
  Type: 'com.apple.configuration.legacy',
  Payload: { ProfileURL: 'https://content.example.com/wifi.mobileconfig' },
}

const made: string[] = []

afterEach(async () => {
  for (const folder of made.splice(0)) await rm(folder, { recursive: true })
})

/** A folder with these files; JSON unless it is text. */
async function folder(files: Readonly<Record<string, unknown>>): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'edict-lint-'))
  made.push(path)
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true })
    await writeFile(join(path, name), typeof content === 'string' ? content : JSON.stringify(content, null, 2))
  }
  return path
}

async function codes(...args: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await edict(['lint', ...args, '--json'])
  return JSON.parse(stdout).problems.map(
    ({ severity, code }: { severity: string; code: string }) => `${severity} ${code}`,
  )
}

describe('lint', () => {
  it('ends with 0 and one line when nothing is wrong; a file names its declaration', async () => {
    const path = await folder({ 'on.json': activation, 'configurations/wifi.json': wifi })
    expect(await edict(['lint', path])).toEqual({ code: 0, stdout: 'No problems in 2 files\n', stderr: '' })
  })

  it('takes hosted content that is referred to by its name', async () => {
    const hosted = { ...wifi, Payload: { ProfileURL: { $content: 'wifi.mobileconfig' } } }
    const path = await folder({ 'on.json': activation, 'wifi.json': hosted })
    expect((await edict(['lint', path])).stdout).toBe('No problems in 2 files\n')
    const misplaced = { ...wifi, Payload: { ProfileURL: { $content: 'wifi', more: 1 } } }
    const other = await folder({ 'on.json': activation, 'wifi.json': misplaced })
    expect((await edict(['lint', other])).code).toBe(1)
  })

  it('shows the place, the line with a caret, and what to do, and ends with 1', async () => {
    const path = await folder({ 'on.json': { ...activation, Predicate: 'FALSEPREDICATE' }, 'wifi.json': wifi })
    const { code, stdout } = await edict(['lint', path])
    expect(code).toBe(1)
    expect(
      stdout,
    ).toBe(`${path}/on.json:10:3: error predicate-misplaced: Cannot use Predicate here: a device would ignore it and always activate
10 |   "Predicate": "FALSEPREDICATE"
   |   ^
  found: "FALSEPREDICATE"
  expected: /Payload/Predicate
  do: move Predicate into Payload

1 error in 2 files
`)
  })

  it('points into a predicate, past the escapes of JSON', async () => {
    const Payload = {
      ...activation.Payload,
      Predicate: '"a" IN @property(roles) OR @status(passcode.is-complaint) == TRUE',
    }
    const path = await folder({ 'on.json': { ...activation, Payload }, 'wifi.json': wifi })
    const { stdout } = await edict(['lint', path, '--property', 'roles'])
    const [where = '', line = '', caret = ''] = stdout.split('\n')
    expect(where).toContain('error unknown-status-item')
    expect(line.slice(caret.indexOf('^'))).toMatch(/^@status\(passcode\.is-complaint\)/)
  })

  it('takes a directory as all that is declared, and files alone as a part of it', async () => {
    const path = await folder({ 'on.json': activation })
    expect(await codes(path)).toEqual(['error reference-missing'])
    expect(await codes(join(path, 'on.json'))).toEqual(['warning reference-missing'])
    const two = await folder({ 'on.json': activation, 'wifi.json': wifi })
    expect(await codes(join(two, 'on.json'), join(two, 'wifi.json'))).toEqual([])
    expect(await codes(join(two, 'wifi.json'))).toEqual([])
  })

  it('takes each directory as a state of its own', async () => {
    const one = await folder({ 'on.json': activation })
    const other = await folder({ 'wifi.json': wifi })
    expect(await codes(one, other)).toEqual(['error reference-missing', 'warning configuration-without-activation'])
  })

  it('reads lists of declarations, and says which of them is meant', async () => {
    const path = await folder({ 'all.json': [activation, { ...wifi, Identifier: 'wifi', payload: {} }] })
    const { stdout } = await edict(['lint', path, '--json'])
    expect(JSON.parse(stdout).problems).toMatchObject([{ code: 'envelope-misplaced', at: '/1/payload', line: 18 }])
  })

  it('compares what was captured together', async () => {
    const path = await folder({
      'tokens.json': { SyncTokens: { DeclarationsToken: 'd1', Timestamp: '2026-05-19T10:00:00Z' } },
      'items.json': {
        Declarations: {
          Activations: [],
          Assets: [],
          Configurations: [{ Identifier: 'wifi', ServerToken: 'c1' }],
          Management: [],
        },
        DeclarationsToken: 'd2',
      },
      'wifi.json': { ...wifi, Identifier: 'wifi', ServerToken: 'c2' },
    })
    expect(await codes(path)).toEqual([
      'error token-differs',
      'warning configuration-without-activation',
      'error server-token-differs',
    ])
  })

  it('narrows to targets', async () => {
    const path = await folder({ 'on.json': activation, 'wifi.json': wifi })
    expect(await codes(path, '--target', 'iOS:18.1,supervised', '--target', 'iPadOS:17')).toEqual([])
    expect(await codes(path, '--target', 'macOS:12')).toContain('error type-unavailable')
  })

  it('says that a property is set nowhere, unless it is told', async () => {
    const Payload = { ...activation.Payload, Predicate: '"Lower" IN @property(roles)' }
    const path = await folder({ 'on.json': { ...activation, Payload }, 'wifi.json': wifi })
    expect(await codes(path)).toEqual(['warning property-set-nowhere'])
    expect(await codes(path, '--property', 'roles')).toEqual([])
  })

  it('ends with 0 on warnings, and with 1 when it is strict', async () => {
    const path = await folder({ 'wifi.json': wifi })
    expect((await edict(['lint', path])).code).toBe(0)
    expect((await edict(['lint', path, '--strict'])).code).toBe(1)
  })

  it('passes over other files of a directory, and says so of one that was named', async () => {
    const path = await folder({
      'package.json': { name: 'mine' },
      'notes.txt': 'no',
      '.hidden.json': '{',
      'wifi.test.json': {},
    })
    expect((await edict(['lint', path])).stdout).toBe('No problems in 0 files (2 more without a message)\n')
    expect(await codes(join(path, 'package.json'))).toEqual(['warning message-unknown'])
  })

  it('looks at files as what they are said to be', async () => {
    const path = await folder({ 'body.json': { ...wifi, Identifier: 'wifi' } })
    expect(await codes(join(path, 'body.json'), '--as', 'declaration')).toEqual(['error key-missing'])
  })

  it('reads standard input', async () => {
    const { code, stdout } = await edict(['lint', '-'], {}, { '-': '{"SyncTokens": {}' })
    expect(code).toBe(1)
    expect(stdout).toMatch(/^-:1:18: error json-syntax: /)
  })

  it('refuses more than 16 MiB, and does not read them', async () => {
    const path = await folder({ 'large.json': '' })
    await truncate(join(path, 'large.json'), 2 ** 40)
    expect(await codes(path)).toEqual(['error body-too-large'])
  })

  it('moves no cursor, whatever is in a file', async () => {
    const path = await folder({ 'a.json': '{"Type": "\u009b2J\u202e"\u001b[2J' })
    const { stdout } = await edict(['lint', path])
    expect(stdout).not.toMatch(/[^\P{C}\n]/u)
    expect(stdout).toContain('a.json:1:16: error json-syntax')
  })

  it('shows a part of a long line', async () => {
    const path = await folder({ 'a.json': JSON.stringify({ ...wifi, Identifier: 'a b', Note: 'x'.repeat(5_000) }) })
    const { stdout } = await edict(['lint', path])
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThan(450)
  })

  it('ends with 2 when it cannot be done', async () => {
    const path = await folder({ 'wifi.json': wifi })
    for (const args of [
      [],
      ['/no/such/file'],
      [path, '--target', 'iSO:18'],
      [path, '--target', 'iOS:x'],
      [path, '--target', 'iOS,managed'],
      [path, '--as', 'letter'],
      [path, '--json', '--sarif'],
    ]) {
      expect((await edict(['lint', ...args])).code, args.join(' ')).toBe(2)
    }
  })
})

describe('lint --sarif', () => {
  it('is a log in which each result names its rule, its place and its level', async () => {
    const path = await folder({ 'my files/on.json': { ...activation, Predicate: 'TRUEPREDICATE' }, 'wifi.json': wifi })
    const { code, stdout } = await edict(['lint', path, '--sarif'])
    expect(code).toBe(1)
    const { version, runs } = JSON.parse(stdout)
    expect(version).toBe('2.1.0')
    const [{ tool, results, columnKind }] = runs
    expect(columnKind).toBe('utf16CodeUnits')
    expect(results).toMatchObject([
      {
        ruleId: 'predicate-misplaced',
        level: 'error',
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: `file://${path}/my%20files/on.json` },
              region: { startLine: 10, startColumn: 3 },
            },
          },
        ],
      },
    ])
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId)
  })

  it('is a log without results when nothing is wrong', async () => {
    const path = await folder({ 'on.json': activation, 'wifi.json': wifi })
    const { code, stdout } = await edict(['lint', path, '--sarif'])
    expect(code).toBe(0)
    expect(JSON.parse(stdout).runs[0].results).toEqual([])
  })
})
