import type { Colours } from '../colours.ts'
import { printable } from '../printable.ts'
import type { Evidence } from './evidence.ts'
import type { Outcome, Result } from './examine.ts'

/** One check as a person reads it: a line, and what is wrong below it. */
export function resultText(result: Result, colours: Colours): readonly string[] {
  const { code, must, source, outcome, skipped, flaws } = result
  const line = `  ${signs(colours)[outcome]} ${must}  ${colours.dim(code)}`
  if (skipped !== null) return [line, `      ${colours.dim(`skipped: ${skipped}`)}`]
  if (flaws.length === 0) return [line]
  return [
    line,
    ...flaws.flatMap(({ found, evidence }) => [
      `      ${printable(found)}`,
      ...(evidence === null ? [] : evidenceText(evidence).map((text) => `        ${colours.dim(printable(text))}`)),
    ]),
    `      ${colours.dim(`source: ${source}`)}`,
  ]
}

function signs(colours: Colours): Readonly<Record<Outcome, string>> {
  return { pass: colours.green('✓'), fail: colours.red('✗'), warn: colours.yellow('!'), skipped: colours.dim('–') }
}

/** Characters of a body that a line takes. */
const WIDE = 160

function evidenceText({ sent, came, failure }: Evidence): readonly string[] {
  const answer =
    came === null
      ? `no answer: ${failure}`
      : `${came.status} ${came.headers['content-type'] ?? ''} ${came.octets} octets  ${oneLine(came.body)}`
  return [`sent  ${sent.what}  ${sent.type}, ${sent.octets} octets`, `came  ${answer.trimEnd()}`]
}

function oneLine(body: string): string {
  const text = body.replaceAll(/\s+/g, ' ')
  return text.length > WIDE ? `${text.slice(0, WIDE)}…` : text
}

/** `40 passed, 1 failed, 2 warned, 3 skipped` */
export function summaryText(results: readonly Result[], colours: Colours): string {
  const count = (outcome: Outcome) => results.filter((result) => result.outcome === outcome).length
  const told = (outcome: Outcome, word: string, paint: (text: string) => string) =>
    count(outcome) === 0 ? [] : [paint(`${count(outcome)} ${word}`)]
  return [
    ...told('pass', 'passed', colours.green),
    ...told('fail', 'failed', colours.red),
    ...told('warn', 'warned', colours.yellow),
    ...told('skipped', 'skipped', colours.dim),
  ].join(', ')
}
