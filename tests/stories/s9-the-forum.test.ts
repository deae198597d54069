import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { edict } from '../demo/run.ts'

const TRACE = join(import.meta.dirname, '../../examples/silent/forum.jsonl')

interface Told {
  readonly stage: string
  readonly healthy: boolean
  readonly causes: readonly {
    readonly code: string
    readonly rank: number
    readonly weight: string
    readonly evidence: readonly object[]
    readonly decides?: string
    readonly remedy: string
  }[]
  readonly findings: readonly { readonly code: string; readonly message: string }[]
}

describe('S9 the trace of the forum, fed to edict doctor', () => {
  let told: Told
  let drawn: string
  beforeAll(async () => {
    const [json, text] = await Promise.all([
      edict(['doctor', '--trace', TRACE, '--json']).ended,
      edict(['doctor', '--trace', TRACE]).ended,
    ])
    expect([json.code, text.code], json.stderr).toEqual([1, 1])
    told = JSON.parse(json.stdout) as Told
    drawn = text.stdout
  })

  it('stands where the engineer saw it stop', () => {
    expect(told).toMatchObject({ stage: 'manifest-nothing-fetched', healthy: false })
  })

  it('has its explanations ranked, each with what speaks for it, what would decide, and what to do', () => {
    expect(told.causes.map(({ code, weight }) => `${code}: ${weight}`)).toEqual([
      'all-pairs-already-known: likely',
      'manifest-unreadable: possible',
      'engine-backed-off: possible',
      'awaiting-configuration: possible',
    ])
    for (const { evidence, decides, remedy } of told.causes) {
      expect(evidence.length).toBeGreaterThan(0)
      expect(decides).toBeDefined()
      expect(remedy).not.toBe('')
    }
  })

  it('answers the four questions: an empty array, equal tokens, a linkage, what to log', () => {
    expect(told.findings.map(({ code }) => code)).toEqual([
      'empty-array-is-legal',
      'equal-tokens-are-right',
      'no-linkage-needed',
      'what-to-log',
    ])
  })

  it('is drawn so that the silence is seen', () => {
    const lines = drawn.split('\n').map((line) => line.trim())
    const last = lines.findIndex((line) => line.includes('manifest 9f2c1b7e…, 2 items'))
    expect(lines.findIndex((line) => line.includes('tokens 9f2c1b7e…'))).toBe(last - 1)
    expect(lines[last + 1]).toBe('')
  })
})
