import { xmlText } from '../xml-text.ts'
import type { FixtureResult } from './run-folder.ts'
import { failureText } from './text.ts'
import type { TestResult } from './verdict.ts'

/** Results in the form that build servers read: a test suite per fixture, a test case per test. */
export function junit(results: readonly FixtureResult[]): string {
  const all = results.flatMap(({ tests }) => tests)
  const suites = results.map(
    ({ file, tests }) =>
      `  <testsuite name="${xmlText(file)}" ${countsOf(tests)}>\n${tests.map((test) => testCase(test)).join('\n')}\n  </testsuite>`,
  )
  const name = 'name="edict test"'
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${name} ${countsOf(all)}>\n${suites.join('\n')}\n</testsuites>\n`
}

function countsOf(tests: readonly TestResult[]): string {
  const failures = tests.filter(({ passed }) => !passed).length
  const seconds = tests.reduce((sum, test) => sum + test.seconds, 0)
  return `tests="${tests.length}" failures="${failures}" errors="0" skipped="0" time="${seconds.toFixed(3)}"`
}

function testCase(test: TestResult): string {
  const attributes = `name="${xmlText(test.name)}" classname="${xmlText(test.file)}" time="${test.seconds.toFixed(3)}"`
  if (test.passed) return `    <testcase ${attributes}/>`
  const lines = failureText(test)
  const message = xmlText(firstOf(test))
  return `    <testcase ${attributes}>\n      <failure message="${message}">${xmlText(lines.join('\n'))}</failure>\n    </testcase>`
}

function firstOf({ steps, failure }: TestResult): string {
  const [first] = steps.flatMap(({ mismatches }) => mismatches)
  if (first === undefined) return failure ?? 'failed'
  return `${first.identifier}: expected ${first.expected}, found ${first.found}`
}
