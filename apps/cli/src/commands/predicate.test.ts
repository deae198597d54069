import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { edict } from '../captured-cli.ts'

const compliant = '@status(passcode.is-compliant) == TRUE'

describe('predicate check', () => {
  it('is silent and ends with 0 when nothing is wrong', async () => {
    expect(await edict(['predicate', 'check', compliant])).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  it('ends with 1 and shows the place of what cannot be parsed', async () => {
    const { code, stdout } = await edict(['predicate', 'check', '@status(passcode.is-compliant) == == TRUE'])
    expect(code).toBe(1)
    expect(stdout).toMatch(/^error: Cannot parse predicate: /)
    expect(stdout).toMatch(/\n +\^\n {2}expected: a value\n$/)
  })

  it('ends with 1 for a status item that does not exist', async () => {
    const { code, stdout } = await edict(['predicate', 'check', '@status(passcode.is-complient) == TRUE', '--json'])
    expect(code).toBe(1)
    expect(JSON.parse(stdout).problems[0]).toMatchObject({ severity: 'error' })
  })
})

describe('what predicate check finds', () => {
  it('is shown with its code, its place, and what to write; a warning ends with 0', async () => {
    const source = "@status(passcode.is-compliant) == 'true'"
    const { code, stdout } = await edict(['predicate', 'check', source])
    expect(code).toBe(0)
    expect(stdout).toBe(
      [
        'warning: Cannot be meant: a boolean is never equal to a string, so this is always false [never-equal]',
        `  1:35 | ${source}`,
        '                                           ^',
        '  expected: a boolean',
        '  write: TRUE',
        '',
      ].join('\n'),
    )
  })

  it('is repaired where it was damaged in copying', async () => {
    const { code, stdout } = await edict(['predicate', 'check', '@status(device.model.family) == “iPad”'])
    expect(code).toBe(1)
    expect(stdout).toContain('  write: @status(device.model.family) == "iPad"\n')
  })
})

describe('predicate explain', () => {
  const source = `${compliant} AND "Lower" IN @property(roles)`
  const facts = ['--set', 'passcode.is-compliant=false', '--property', 'roles=["Lower"]']

  it('shows every part with its value, and the one that decides', async () => {
    const { code, stdout } = await edict(['predicate', 'explain', source, ...facts])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^false, because @status\(passcode.is-compliant\) == TRUE is false\n/)
    expect(stdout).toMatch(/\n→ false {8}@status\(passcode.is-compliant\) == TRUE\n/)
    expect(stdout).toMatch(/\n {2}{"Lower"} {6}@property\(roles\) +property\n/)
  })

  it('takes facts from a file, which options replace', async () => {
    const files = { 'f.json': '{"status": {"passcode": {"is-compliant": true}}, "properties": {"roles": ["Upper"]}}' }
    const args = ['predicate', 'explain', source, '--facts', 'f.json']
    expect((await edict(args, {}, files)).stdout).toMatch(/^false, because "Lower" IN/)
    expect((await edict([...args, '--property', 'roles=["Lower"]'], {}, files)).stdout).toMatch(/^true\n/)
  })

  it('says what a change would do, and through which value', async () => {
    const { stdout } = await edict([
      'predicate',
      'explain',
      source,
      ...facts,
      '--what-if',
      'passcode.is-compliant=true',
    ])
    expect(stdout).toContain('What if: true instead of false\n')
    expect(stdout).toContain('  @status(passcode.is-compliant): false → true\n')
    const same = ['--what-if-property', 'roles=["Upper"]']
    expect((await edict(['predicate', 'explain', source, ...facts, ...same])).stdout).toContain(
      'What if: still false\n',
    )
  })

  it('is a tree in JSON', async () => {
    const { stdout } = await edict(['predicate', 'explain', source, ...facts, '--json'])
    expect(JSON.parse(stdout)).toMatchObject({
      outcome: { kind: 'false' },
      deciding: compliant,
      explanation: { kind: 'and', value: false, children: [{ decides: true, value: false }, { skipped: true }] },
    })
  })

  it('ends with 1 when the predicate has no answer, with 2 when it cannot be read', async () => {
    const numbers = ['predicate', 'explain', '@property(a) > 3', '--property', 'a="x"']
    expect(await edict(numbers)).toMatchObject({ code: 1, stdout: expect.stringMatching(/^error: Cannot evaluate/) })
    const curly = await edict(['predicate', 'explain', '@property(a) == “x”'])
    expect(curly).toMatchObject({ code: 2, stdout: '' })
    expect(curly.stderr).toContain('\n  do: write @property(a) == "x"\n')
  })
})

describe('predicate eval --jsonl', () => {
  const lines = (text: string) => edict(['predicate', 'eval', '--jsonl'], {}, { '-': text })

  it('answers each line', async () => {
    const { code, stdout } = await lines(
      [
        '{"id": 1, "predicate": "a == 2.0", "object": {"a": 2}}',
        '',
        '{"id": "b", "predicate": "@status(x.y) == @property(p.q)", "object": {"status": {"x": {"y": 1}}, "properties": {"p.q": 2}}}',
        '{"id": "c", "predicate": "a <", "object": {}}',
        '{"id": "d", "predicate": "1 < \\"a\\""}',
      ].join('\n'),
    )
    expect(code).toBe(0)
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { id: 1, result: true },
      { id: 'b', result: false },
      { id: 'c', result: 'error', stage: 'parse', message: expect.stringContaining('Cannot parse') },
      { id: 'd', result: 'error', stage: 'evaluate', message: expect.stringContaining('Cannot evaluate') },
    ])
  })

  const answers = (stdout: string) =>
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))

  it('answers a line that is no case too, goes on, and ends with 2', async () => {
    const refused = { result: 'error', stage: 'parse', message: expect.any(String) }
    const given: readonly (readonly [line: string, answer: object])[] = [
      ['{"id": 1, "predicate": "1 == 1"}', { id: 1, result: true }],
      ['[]', { id: null, ...refused }],
      ['{"id": "cut', { id: null, ...refused }],
      ['{"id": "number", "predicate": 5}', { id: 'number', ...refused }],
      ['{"id": "none"}', { id: 'none', ...refused }],
      ['{"predicate": "1 == 1"}', { id: null, result: true }],
      [`{"id": "deep", "object": ${'['.repeat(20_000)}`, { id: null, ...refused }],
      [
        `{"id": "deeper", "predicate": "1 == 1", "object": ${'['.repeat(9999)}${']'.repeat(9999)}}`,
        { id: 'deeper', ...refused },
      ],
      ['{"id": "last", "predicate": "1 == 2"}', { id: 'last', result: false }],
    ]
    const { code, stdout, stderr } = await lines(given.map(([line]) => line).join('\r\n'))
    expect(answers(stdout)).toEqual(given.map(([, answer]) => answer))
    expect(code).toBe(2)
    expect(stderr).toMatch(/^Cannot use line 2: it is not a JSON object\n/)
  })

  it('gives ids back as they came', async () => {
    const { stdout } = await lines('\uFEFF{"id": 9007199254740993, "predicate": "1 == 1"}\n')
    expect(stdout).toBe('{"id":9007199254740993,"result":true}\n')
  })

  it('knows the time and chance, and takes null for nil', async () => {
    const given = ["now() > CAST(0, 'NSDate')", 'random() < 1', 'randomn(3) < 3', 'SELF == nil', 'NOT SELF > 1']
    const text = given.map((predicate, id) => JSON.stringify({ id, predicate, object: null })).join('\n')
    expect(answers((await lines(text)).stdout)).toEqual(given.map((_, id) => ({ id, result: true })))
  })

  it('answers the vectors as they expect', async () => {
    const file = new URL('../../../../packages/predicate/vectors/predicates.jsonl', import.meta.url)
    const text = readFileSync(file, 'utf8')
    const expected = answers(text).map(({ id, expected: result, stage }) => ({ id, result, ...(stage && { stage }) }))
    const given = answers((await lines(text)).stdout).map(({ message: _, ...answer }) => answer)
    expect(given).toEqual(expected)
  })

  it('is silent about nothing', async () => {
    expect(await lines('')).toEqual({ code: 0, stdout: '', stderr: '' })
  })
})

describe('predicate eval', () => {
  it('knows the time and chance', async () => {
    expect(await edict(['predicate', 'eval', 'now() != nil AND random() < 1'])).toMatchObject({ stdout: 'true\n' })
  })

  it('evaluates over status and properties', async () => {
    const files = { 's.json': '{"passcode": {"is-compliant": true}}', 'p.json': '{"role": "coach"}' }
    const source = `${compliant} AND @property(role) == "coach"`
    const args = ['predicate', 'eval', source, '--status', 's.json', '--properties', 'p.json']
    expect(await edict(args, {}, files)).toMatchObject({ code: 0, stdout: 'true\n' })
    expect(await edict(['predicate', 'eval', source], {}, files)).toMatchObject({ code: 0, stdout: 'false\n' })
  })

  it('takes a version for the text that it is', async () => {
    const source = '@status(device.operating-system.version) == "18.10"'
    const { stdout } = await edict(['predicate', 'eval', source, '--set', 'device.operating-system.version=18.10'])
    expect(stdout).toBe('true\n')
  })

  it('ends with 2 when a file is not an object', async () => {
    const { code, stderr } = await edict(['predicate', 'eval', compliant, '--status', 's'], {}, { s: '[]' })
    expect({ code, stderr }).toEqual({ code: 2, stderr: 'Cannot use s: it is not a JSON object\n' })
  })
})

describe('predicate format', () => {
  it('takes standard input', async () => {
    const { code, stdout } = await edict(['predicate', 'format', '-'], {}, { '-': `${compliant}\n` })
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${compliant}\n` })
  })
})
