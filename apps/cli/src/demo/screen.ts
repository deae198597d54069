import type { Colours } from '../colours.ts'
import type { Output } from '../output.ts'

/** How far one goal is. */
export interface Row {
  readonly label: string
  readonly count: number
  readonly total: number
  /** Seconds since the step began, when it is reached. */
  readonly after: number | null
}

/** What the demo shows: on a terminal rows are drawn again and again, elsewhere a line is written when there is news. */
export interface Screen {
  title(text: string, ...more: readonly string[]): void
  step(text: string): void
  line(text: string): void
  /** The rows of the step under way, and what happened last. */
  rows(rows: readonly Row[], latest?: string): void
  /** The rows stay as they are. */
  settle(): void
}

export interface Terminal {
  readonly isTTY: boolean
  columns(): number
}

const INDENT = '   '
const BAR = 24
/** Milliseconds between two lines about one row. */
const PACE = 1000

export function createScreen(output: Output, terminal: Terminal): Screen {
  const { colours } = output
  const { rows, settle } = terminal.isTTY ? redrawn(output, terminal) : printed(output)
  return {
    title: (text, ...more) => {
      output.line(colours.bold(text))
      for (const line of more) output.line(colours.dim(line))
    },
    step: (text) => {
      output.line('')
      output.line(colours.bold(text))
    },
    line: (text) => output.line(text === '' ? '' : `${INDENT}${text}`),
    rows,
    settle,
  }
}

type Live = Pick<Screen, 'rows' | 'settle'>

function redrawn(output: Output, terminal: Terminal): Live {
  let drawn = 0
  let last: readonly Row[] = []
  const draw = (rows: readonly Row[], latest: string | undefined) => {
    const lines = rows.map((row) => barText(row, output.colours, terminal.columns()))
    if (latest !== undefined) lines.push(output.colours.dim(`${INDENT}${latest}`.slice(0, terminal.columns() - 1)))
    const up = drawn === 0 ? '' : `\x1b[${drawn}A`
    output.raw(`${up}\r\x1b[J${lines.map((line) => `${line}\n`).join('')}`, 'stdout')
    drawn = lines.length
  }
  return {
    rows: (rows, latest) => {
      last = rows
      draw(rows, latest)
    },
    settle: () => {
      draw(last, undefined)
      drawn = 0
      last = []
    },
  }
}

function barText({ label, count, total, after }: Row, colours: Colours, columns: number): string {
  const done = total === 0 ? BAR : Math.floor((count / total) * BAR)
  const room = Math.max(12, columns - BAR - 24)
  const bar = `${'█'.repeat(done)}${'░'.repeat(BAR - done)}`
  const painted = count === total ? colours.green(bar) : colours.yellow(bar)
  const name = label.length > room ? `${label.slice(0, room - 1)}…` : label.padEnd(Math.min(room, 52))
  return `${INDENT}${name} ${painted} ${`${count}/${total}`.padStart(5)}${after === null ? '' : colours.dim(`  ${after.toFixed(1)} s`)}`
}

/** A row is worth a line when it is complete, and once a second while it moves. */
function printed(output: Output): Live {
  const shown = new Map<string, { readonly count: number; readonly at: number }>()
  return {
    rows: (rows) => {
      const now = performance.now()
      for (const { label, count, total, after } of rows) {
        const before = shown.get(label)
        const complete = count === total
        if (before !== undefined && (before.count === count || (!complete && now - before.at < PACE))) continue
        shown.set(label, { count, at: now })
        if (before === undefined && !complete) continue
        output.line(`${INDENT}${label}: ${count}/${total}${after === null ? '' : ` after ${after.toFixed(1)} s`}`)
      }
    },
    settle: () => shown.clear(),
  }
}
