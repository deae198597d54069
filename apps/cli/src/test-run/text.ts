import type { Colours } from '../colours.ts'
import type { FixtureResult } from './run-folder.ts'
import type { Mismatch, TestResult } from './verdict.ts'

/** A fixture and its tests as a person reads them. */
export function fixtureText({ file, about, tests }: FixtureResult, colours: Colours): readonly string[] {
  return [
    `${colours.bold(file)}${about === null ? '' : colours.dim(`  ${about}`)}`,
    ...tests.flatMap((test) => testText(test, colours)),
  ]
}

function testText(test: TestResult, colours: Colours): readonly string[] {
  if (test.passed) return [`  ${colours.green('✓')} ${test.name}`]
  return [`  ${colours.red('✗')} ${test.name}`, ...failureText(test).map((line) => `    ${line}`)]
}

/** What is not as expected, step by step. */
export function failureText({ steps, failure }: TestResult): readonly string[] {
  const wrong = steps.filter(({ mismatches }) => mismatches.length > 0)
  return [
    ...wrong.flatMap(({ label, mismatches }) => [`${label}:`, ...mismatches.flatMap(mismatchText)]),
    ...(failure === null ? [] : failure.split('\n')),
  ]
}

function mismatchText({ identifier, expected, found, activations }: Mismatch): readonly string[] {
  return [
    `  ${identifier}`,
    `    expected  ${expected}`,
    `    found     ${found}`,
    ...activations.flatMap(({ activation, active, because, values }) => {
      const width = Math.max(...values.map(({ term }) => term.length))
      return [
        `    ${activation} is ${active ? 'active' : 'inactive'}: ${because}`,
        ...values.map(
          ({ term, value, origin }) => `      ${term.padEnd(width)}  ${value}${origin === '' ? '' : `  (${origin})`}`,
        ),
      ]
    }),
  ]
}

/** `5 passed, 1 failed` */
export function summary(results: readonly FixtureResult[], colours: Colours): string {
  const tests = results.flatMap((result) => result.tests)
  const failed = tests.filter(({ passed }) => !passed).length
  const passed = `${tests.length - failed} passed`
  return failed === 0 ? colours.green(passed) : `${passed}, ${colours.red(`${failed} failed`)}`
}
