import { createColors } from 'picocolors'
import type { Colours } from './colours.ts'
import { type InFile, RefusedError, UnreachableError, UnreadableFile, UsageError } from './failure.ts'
import { linesOf } from './finding-lines.ts'

/** Where text goes: standard output, standard error, or a test. */
export interface Sink {
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
  readonly rows?: number | undefined
  write(text: string): unknown
}

export type Cell = string | number | boolean | null | undefined

/** Everything that the program prints goes through here; results to stdout, everything else to stderr. */
export interface Output {
  readonly colours: Colours
  /** Columns of the terminal that results go to; null where they go elsewhere. */
  columns(): number | null
  /** Rows of that terminal. */
  rows(): number | null
  line(text: string): void
  note(text: string): void
  /** A resource as it came from the server. */
  json(value: unknown): void
  /** One value per line, for programs that read lines. */
  jsonLine(value: unknown): void
  table(head: readonly string[], rows: readonly (readonly Cell[])[]): Promise<void>
  /** Name and value, one pair a line; what is undefined is left out. */
  facts(facts: Readonly<Record<string, Cell>>): Promise<void>
  /** What went wrong and what to do about it. */
  failure(error: unknown, json: boolean): void
  /** How far something has come, on a terminal: one line that takes the place of the last; null when it is done. */
  progress(text: string | null): void
  /** Text as it is, for help. */
  raw(text: string, to: 'stdout' | 'stderr'): void
}

/**
 * @param env NO_COLOR (any value) turns colours off, FORCE_COLOR on; otherwise a terminal decides.
 * @see https://no-color.org
 */
export function createOutput(out: Sink, err: Sink, env: Readonly<Record<string, string | undefined>>): Output {
  const colours = createColors(wantsColour(out, env))
  const line = (text: string) => void out.write(`${text}\n`)
  const note = (text: string) => void err.write(`${text}\n`)
  const table = async (head: readonly string[], rows: readonly (readonly Cell[])[]) => {
    const { default: Table } = await import('cli-table3')
    const made = new Table({
      head: head.map(colours.bold),
      style: { head: [], border: [], ...NO_PADDING },
      chars: BARE,
    })
    for (const row of rows) made.push(row.map(cellText))
    for (const text of made.toString().split('\n')) line(text.trimEnd())
  }
  return {
    colours,
    columns: () => (out.isTTY === true ? (out.columns ?? 80) : null),
    rows: () => (out.isTTY === true ? (out.rows ?? 24) : null),
    line,
    note,
    table,
    json: (value) => line(JSON.stringify(value, null, 2)),
    jsonLine: (value) => line(JSON.stringify(value)),
    async facts(facts) {
      const known = Object.entries(facts).filter(([, value]) => value !== undefined)
      const width = Math.max(...known.map(([name]) => name.length))
      for (const [name, value] of known) line(`${colours.dim(name.padEnd(width))}  ${cellText(value)}`)
    },
    progress: (text) => {
      if (err.isTTY === true) err.write(`\r\u001B[K${text ?? ''}`)
    },
    failure: (error, json) => note(json ? failureJson(error) : failureText(error, createColors(wantsColour(err, env)))),
    raw: (text, to) => void (to === 'stdout' ? out : err).write(text),
  }
}

function wantsColour(sink: Sink, env: Readonly<Record<string, string | undefined>>): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0') return true
  return sink.isTTY === true && env.TERM !== 'dumb'
}

const NO_PADDING = { 'padding-left': 0, 'padding-right': 0 }

/** Columns two spaces apart and nothing drawn between them. */
const BARE = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
}

function cellText(cell: Cell): string {
  if (cell === null || cell === undefined) return '–'
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no'
  return String(cell)
}

function failureJson(error: unknown): string {
  if (error instanceof RefusedError) return JSON.stringify(refusalJson(error), null, 2)
  if (error instanceof UnreadableFile) {
    return JSON.stringify({ code: error.code, detail: error.message, problems: problemsJson(error.inFile) }, null, 2)
  }
  const { code, remedy, message } = error as { code?: string; remedy?: string; message?: string }
  return JSON.stringify({ code: code ?? 'bug', detail: message ?? String(error), remedy }, null, 2)
}

/** The problem document; where a file was sent, with the places there instead of those in the request. */
function refusalJson({ problem, inFile }: RefusedError): object {
  if (inFile === undefined) return problem
  const { line: _line, column: _column, ...rest } = problem
  return { ...rest, problems: problemsJson(inFile) }
}

function problemsJson({ findings }: InFile): readonly object[] {
  return findings.map(({ place, ...finding }) => ({
    ...finding,
    ...(place === undefined ? {} : { line: place.line, column: place.column }),
  }))
}

function inFileText({ findings, text }: InFile, colours: Colours): string {
  const lines = text.split('\n')
  return findings.map((finding) => linesOf(finding, lines, colours).join('\n')).join('\n')
}

interface Described {
  readonly at?: string
  readonly found?: unknown
  readonly expected?: string
  readonly remedy?: string
  readonly by?: readonly string[]
}

function failureText(error: unknown, colours: Colours): string {
  if (error instanceof RefusedError) {
    const { problem, inFile, hint } = error
    const then = hint === undefined ? '' : `\n${hint}`
    if (inFile !== undefined) return `${inFileText(inFile, colours)}${then}`
    const several = problem.problems ?? []
    const all = several.length > 1 ? several.map((one) => ({ ...one, detail: one.message })) : [problem]
    return all
      .map((one) => [colours.red(one.detail), ...evidence(one), `  ${colours.dim(`code: ${one.code}`)}`].join('\n'))
      .join('\n')
      .concat(then)
  }
  if (error instanceof UnreadableFile) return inFileText(error.inFile, colours)
  if (error instanceof UsageError || error instanceof UnreachableError) {
    return [colours.red(error.message), ...evidence(error.remedy === undefined ? {} : { remedy: error.remedy })].join(
      '\n',
    )
  }
  return colours.red(error instanceof Error ? error.message : String(error))
}

function evidence({ at, found, expected, remedy, by }: Described): readonly string[] {
  return [
    at === undefined ? undefined : `  at: ${at}`,
    found === undefined ? undefined : `  found: ${JSON.stringify(found)}`,
    expected === undefined ? undefined : `  expected: ${expected}`,
    by === undefined || by.length === 0 ? undefined : `  by: ${by.join(', ')}`,
    remedy === undefined ? undefined : `  do: ${remedy}`,
  ].filter((line) => line !== undefined)
}
