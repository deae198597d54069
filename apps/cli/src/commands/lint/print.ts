import type { Colours } from '../../colours.ts'
import { linesOf } from '../../finding-lines.ts'
import type { Output } from '../../output.ts'
import type { Finding, Looked, Report } from './finding.ts'

/** Prints findings as compilers do: place, severity, code and sentence; the line with a caret; what to do. Then a summary. */
export function printReport({ files, findings }: Report, output: Output): void {
  const texts = new Map(files.map(({ path, text }) => [path, text?.split('\n')]))
  for (const finding of findings) {
    for (const line of linesOf(finding, texts.get(finding.path), output.colours)) output.line(line)
    output.line('')
  }
  output.line(summary(files, findings, output.colours))
}

function summary(files: readonly Looked[], findings: readonly Finding[], colours: Colours): string {
  const unknown = files.filter(({ kind }) => kind === 'unknown')
  const silent = unknown.filter(({ path }) => !findings.some((finding) => finding.path === path))
  const looked = `${count(files.length - silent.length, 'file')}${silent.length === 0 ? '' : ` (${silent.length} more without a message)`}`
  const errors = findings.filter(({ severity }) => severity === 'error').length
  const warnings = findings.length - errors
  if (errors === 0 && warnings === 0) return colours.green(`No problems in ${looked}`)
  const said = [errors === 0 ? [] : [count(errors, 'error')], warnings === 0 ? [] : [count(warnings, 'warning')]].flat()
  return (errors > 0 ? colours.red : colours.yellow)(`${said.join(' and ')} in ${looked}`)
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
