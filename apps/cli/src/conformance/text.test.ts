import { createColors } from 'picocolors'
import { expect, it } from 'vitest'
import type { Result } from './examine.ts'
import { junit } from './junit.ts'
import { resultText, summaryText } from './text.ts'

const common = { group: 'tokens', severity: 'error', source: 'apple:docs/schema.md', seconds: 0.25 } as const
const evidence = {
  sent: { what: 'tokens', type: 'application/x-apple-aspen-mdm-checkin', octets: 3, body: 'abc' },
  came: { status: 200, headers: { 'content-type': 'application/json' }, octets: 10, body: '{\n  "a": "\u001b[2J"}' },
  failure: null,
}
const results: readonly Result[] = [
  { ...common, code: 'one', must: 'one is right', outcome: 'pass', skipped: null, flaws: [] },
  {
    ...common,
    code: 'two',
    must: 'two is right',
    outcome: 'fail',
    skipped: null,
    flaws: [{ found: 'it is <wrong>', severity: 'error', evidence }],
  },
  { ...common, code: 'three', must: 'three is right', outcome: 'skipped', skipped: 'there is no three', flaws: [] },
]

it('a person reads what must be so, what came instead, and where that is written; nothing steers their terminal', () => {
  const colours = createColors(false)
  expect(results.flatMap((result) => resultText(result, colours))).toEqual([
    '  ✓ one is right  one',
    '  ✗ two is right  two',
    '      it is <wrong>',
    '        sent  tokens  application/x-apple-aspen-mdm-checkin, 3 octets',
    '        came  200 application/json 10 octets  { "a": "·[2J"}',
    '      source: apple:docs/schema.md',
    '  – three is right  three',
    '      skipped: there is no three',
  ])
  expect(summaryText(results, colours)).toBe('1 passed, 1 failed, 1 skipped')
})

it('a build server reads the same', () => {
  const text = junit(results)
  expect(text).toContain('<testsuite name="tokens" tests="3" failures="1" errors="0" skipped="1" time="0.750">')
  expect(text).toContain('<failure message="it is &lt;wrong&gt;">')
  expect(text).toContain('<skipped message="there is no three"/>')
})
