import { type Figure, isMet, type Target, type Unit } from '../benchmark.ts'
import { type DatabaseName, databaseNames } from '../database-name.ts'

const titles: Readonly<Record<DatabaseName, string>> = { sqlite: 'SQLite', postgres: 'PostgreSQL' }

/** Figures as a Markdown table, with whether targets are met. */
export function table(figures: readonly Figure[]): string {
  const head = ['', ...databaseNames.map((name) => titles[name]), 'target']
  const rows = figures.map(({ what, unit, values, target }) => [
    what,
    ...databaseNames.map((name) => cell(values[name], unit, target)),
    target === undefined ? '' : said(target, unit),
  ])
  const lines = [head, ['---', ...databaseNames.map(() => '--:'), '---'], ...rows]
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function cell(value: number | undefined, unit: Unit, target: Target | undefined): string {
  if (value === undefined || Number.isNaN(value)) return '–'
  const verdict = target === undefined ? '' : isMet(target, value) ? ', met' : ', **not met**'
  return written(value, unit) + verdict
}

function written(value: number, unit: Unit): string {
  switch (unit) {
    case 'times':
      return `${value.toFixed(2)}x`
    case 'percent':
      return `${value.toFixed(0)} %`
    case 'a second':
      return `${value < 100 ? value.toFixed(1) : value.toFixed(0)}/s`
    case 'ms':
      return `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`
    case 'octets':
      return `${value.toFixed(0)} B`
    case 'MiB':
      return `${value.toFixed(0)} MiB`
    case 'MiB a second':
      return `${value.toFixed(0)} MiB/s`
  }
}

function said({ kind, value }: Target, unit: Unit): string {
  return `${kind} ${unit === 'times' ? `${value}x` : written(value, unit)}`
}
