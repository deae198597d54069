import { xmlText } from '../xml-text.ts'
import { groups } from './check.ts'
import type { Result } from './examine.ts'

/** Results in the form that build servers read: a test suite per group, a test case per check. A warning is a pass that says something. */
export function junit(results: readonly Result[]): string {
  const suites = Object.entries(groups).flatMap(([group, name]) => {
    const own = results.filter((result) => result.group === group)
    if (own.length === 0) return []
    return [`  <testsuite name="${xmlText(name)}" ${countsOf(own)}>\n${own.map(testCase).join('\n')}\n  </testsuite>`]
  })
  const head = `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="edict conformance" ${countsOf(results)}>`
  return `${head}\n${suites.join('\n')}\n</testsuites>\n`
}

function countsOf(results: readonly Result[]): string {
  const count = (outcome: Result['outcome']) => results.filter((result) => result.outcome === outcome).length
  const seconds = results.reduce((sum, result) => sum + result.seconds, 0)
  return `tests="${results.length}" failures="${count('fail')}" errors="0" skipped="${count('skipped')}" time="${seconds.toFixed(3)}"`
}

function testCase({ code, group, must, source, outcome, skipped, flaws, seconds }: Result): string {
  const attributes = `name="${xmlText(code)}" classname="${group}" time="${seconds.toFixed(3)}"`
  if (outcome === 'pass') return `    <testcase ${attributes}/>`
  return `    <testcase ${attributes}>\n      ${inside()}\n    </testcase>`

  function inside(): string {
    if (skipped !== null) return `<skipped message="${xmlText(skipped)}"/>`
    const text = [`Must: ${must}`, `Source: ${source}`, ...flaws.map((flaw) => JSON.stringify(flaw, null, 2))].join(
      '\n',
    )
    if (outcome === 'warn') return `<system-out>${xmlText(text)}</system-out>`
    return `<failure message="${xmlText(flaws[0]?.found ?? must)}">${xmlText(text)}</failure>`
  }
}
