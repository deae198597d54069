import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decodeFacts, evaluate, factsContext, type Outcome, type Value } from './index.ts'

/** A case with `doubt` rests on a hypothesis about Apple's behaviour; where we choose otherwise, the ledger says why. */
interface Vector {
  readonly id: string
  readonly predicate: string
  readonly object: Value
  readonly expected: boolean | 'error'
  readonly stage?: string
  readonly doubt?: boolean
}

interface LedgerEntry {
  readonly id: string
  readonly choice: string
  readonly reason: string
}

const folder = new URL('../vectors/', import.meta.url)
const vectors = readFileSync(new URL('predicates.jsonl', folder), 'utf8')
  .trim()
  .split('\n')
  .map((line) => decodeFacts(line) as unknown as Vector)
const ledger = JSON.parse(readFileSync(new URL('ledger.json', folder), 'utf8')) as readonly LedgerEntry[]

function answer(outcome: Outcome): string {
  return outcome.kind === 'error' ? `error while it should ${outcome.stage}` : outcome.kind
}

function expectation({ expected, stage }: Vector): string {
  return expected === 'error' ? `error while it should ${stage}` : String(expected)
}

function run({ predicate, object }: Vector): string {
  return answer(evaluate(predicate, factsContext(object, Date.UTC(2026, 0, 1))))
}

describe('every vector', () => {
  const ledgered = new Map(ledger.map((entry) => [entry.id, entry]))

  it.each(
    vectors.filter(({ id }) => !ledgered.has(id)).map((vector) => [vector.id, vector.predicate, vector] as const),
  )('%s: %s', (_id, _predicate, vector) => expect(run(vector)).toBe(expectation(vector)))

  it('in the ledger exists, has the answer that we chose, and not the expected one', () => {
    for (const entry of ledger) {
      const vector = vectors.find(({ id }) => id === entry.id)
      expect(vector?.doubt, `${entry.id} is doubted`).toBe(true)
      if (!vector) continue
      expect(run(vector), entry.reason).toBe(entry.choice)
      expect(run(vector), `${entry.id} passes now: take it out of the ledger`).not.toBe(expectation(vector))
    }
  })
})
