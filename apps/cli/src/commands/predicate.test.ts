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
    expect(stdout).toMatch(/\n +\^\n$/)
  })

  it('ends with 1 for a status item that does not exist', async () => {
    const { code, stdout } = await edict(['predicate', 'check', '@status(passcode.is-complient) == TRUE', '--json'])
    expect(code).toBe(1)
    expect(JSON.parse(stdout).problems[0]).toMatchObject({ severity: 'error' })
  })
})

describe('predicate eval', () => {
  it('evaluates over status and properties', async () => {
    const files = { 's.json': '{"passcode": {"is-compliant": true}}', 'p.json': '{"role": "coach"}' }
    const source = `${compliant} AND @property(role) == "coach"`
    const args = ['predicate', 'eval', source, '--status', 's.json', '--properties', 'p.json']
    expect(await edict(args, {}, files)).toMatchObject({ code: 0, stdout: 'true\n' })
    expect(await edict(['predicate', 'eval', source], {}, files)).toMatchObject({ code: 0, stdout: 'false\n' })
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
