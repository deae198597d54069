import type { Colours } from './colours.ts'
import type { Finding } from './commands/lint/finding.ts'

/** Columns of a line that are shown. */
const WIDTH = 110

/** A finding as compilers show it: place, severity, code and sentence; the line with a caret; what to do. */
export function linesOf(finding: Finding, text: readonly string[] | undefined, colours: Colours): readonly string[] {
  const { path, place, severity, code, message } = finding
  const where = place === undefined ? path : `${path}:${place.line}:${place.column}`
  const colour = severity === 'error' ? colours.red : colours.yellow
  return [
    `${colours.bold(visible(where))}: ${colour(`${severity} ${code}`)}: ${visible(message)}`,
    ...(place === undefined || text === undefined ? [] : excerpt(text[place.line - 1] ?? '', place, colours)),
    ...evidence(finding, colours),
  ]
}

/** The line, or the part of it around the place, and a caret below. */
function excerpt(
  whole: string,
  { line, column }: { readonly line: number; readonly column: number },
  colours: Colours,
) {
  const start = whole.length <= WIDTH ? 0 : Math.max(0, Math.min(column - 1 - WIDTH / 2, whole.length - WIDTH))
  const part = whole.slice(start, start + WIDTH)
  const before = part.slice(0, column - 1 - start)
  const number = String(line)
  const [left, right] = [start > 0 ? '…' : '', start + WIDTH < whole.length ? '…' : '']
  // Tabs stay tabs, so that the caret stands below its place wherever they end.
  const pad = `${left === '' ? '' : ' '}${before.replace(/[^\t]/g, ' ')}`
  return [
    `${colours.dim(`${number} |`)} ${left}${visible(part)}${right}`,
    `${colours.dim(`${' '.repeat(number.length)} |`)} ${pad}${colours.bold('^')}`,
  ]
}

function evidence({ found, expected, remedy, by }: Finding, { dim }: Colours): readonly string[] {
  const says = (name: string, value: string | undefined) =>
    value === undefined ? [] : [`  ${dim(`${name}:`)} ${visible(shortened(value))}`]
  return [
    ...says('found', found === undefined ? undefined : JSON.stringify(found)),
    ...says('expected', expected),
    ...says('by', by?.join(', ')),
    ...says('do', remedy),
  ]
}

function shortened(text: string): string {
  return text.length > 400 ? `${text.slice(0, 400)}…` : text
}

/** Text that moves no cursor and changes no colour: files may be anyone's. */
function visible(text: string): string {
  return text.replace(/[^\P{C}\t]/gu, '�')
}
