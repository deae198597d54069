import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { plant } from '../planted-schema.ts'
import type { Exception } from './ledger.ts'
import { declaration, plantedExamples } from './planted-examples.ts'
import { verify } from './verify.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'edict-verify-'))
  plant(folder)
  plant(join(folder, 'examples/declarative'), plantedExamples)
})
afterEach(() => rmSync(folder, { recursive: true }))

const main = join(import.meta.dirname, '../main.ts')
const generate = (...args: readonly string[]) => spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' })
const verified = (exceptions: readonly Exception[] = [], runs = 100) =>
  verify(folder, { runs, seed: 1 }, () => undefined, exceptions)

const wrong = 'declarations/configurations/passcode.settings/wrong.json'
const plantWrong = () =>
  plant(join(folder, 'examples/declarative'), {
    [wrong]: declaration('com.apple.configuration.passcode.settings', { MinimumLength: 'six' }),
  })
const excepted = (code: string): Exception => ({ example: wrong, code, at: '/Payload/MinimumLength', why: 'a slip' })

describe('npm run generate -- --verify', () => {
  it('finds that examples pass, alone as they stand, and break at each key', () => {
    const { failures, summary } = verified([], 1_000)
    expect(failures).toEqual([])
    expect(summary).toBe(
      '3 examples of declarations, one key broken 2000 times in all (seed 1); 1 of status items; ' +
        '1 with nothing to break; 0 in the ledger; 1 of neither; 0 failures',
    )
  })

  it('says what an example is refused for, and where', () => {
    plantWrong()
    expect(verified().failures).toEqual([
      expect.stringMatching(
        /^declarations\/configurations\/passcode\.settings\/wrong\.json \/Payload\/MinimumLength: payload-type: /,
      ),
    ])
  })

  it('refuses what is no declaration, and a value that its status item does not have', () => {
    plant(join(folder, 'examples/declarative'), {
      'declarations/assets/data/fragment.json': '{"Reference": {}}',
      'status/passcode.is-compliant/wrong.json': '{"passcode": {"is-compliant": "yes"}}',
    })
    const { failures } = verified()
    expect(failures).toContainEqual(expect.stringContaining('assets/data/fragment.json'))
    expect(failures).toContainEqual(expect.stringContaining('status/passcode.is-compliant/wrong.json /StatusItems'))
  })

  it('accepts just the problem that stands in the ledger, and wants a line gone that is not true any more', () => {
    plantWrong()
    expect(verified([excepted('payload-type')])).toMatchObject({
      failures: [],
      summary: expect.stringContaining('1 in the ledger'),
    })
    expect(verified([excepted('payload-range')]).failures).toEqual([
      expect.stringContaining('payload-type'),
      expect.stringContaining('payload-range stands in the ledger and is not found: take the line out'),
    ])
  })

  it('shows progress on stderr, exits 0, and takes the folder of examples too', () => {
    for (const place of [folder, join(folder, 'examples')]) {
      const { status, stdout, stderr } = generate('--verify', place, '--runs', '20', '--seed', '7')
      expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining('40 times in all (seed 7)') })
      expect(stderr).toContain('1/5 declarations/activations/simple/one.json: passes, and is refused each of 20 times')
    }
  })

  it('exits 1 when an example fails', () => {
    plantWrong()
    expect(generate('--verify', folder, '--runs', '20')).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('payload-type'),
    })
  })

  it('exits 2 for a folder without examples, with what it wants', () => {
    mkdirSync(join(folder, 'empty'))
    writeFileSync(join(folder, 'file'), '')
    rmSync(join(folder, 'examples/declarative/declarations'), { recursive: true })
    for (const [place, found] of [
      [folder, 'none'],
      [join(folder, 'empty'), 'none'],
      [join(folder, 'missing'), 'no such folder'],
      [join(folder, 'file'), 'a file'],
    ] as const) {
      const stderr = `Cannot verify the examples in ${place}: found ${found}, expected a checkout`
      expect(generate('--verify', place)).toMatchObject({ status: 2, stderr: expect.stringContaining(stderr) })
    }
  })

  it('exits 2 for options that do not go together, and numbers that are none', () => {
    for (const args of [
      ['--verify', folder, '--schema', folder],
      ['--verify', folder, '--runs', 'many'],
      ['--verify', folder, '--seed=-1'],
      ['--schema', folder, '--seed', '1'],
      ['--verify'],
      [],
    ]) {
      expect(generate(...args)).toMatchObject({ status: 2, stderr: expect.stringContaining('Usage: npm run generate') })
    }
  })
})
