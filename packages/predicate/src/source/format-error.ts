import type { Place } from './place.ts'

const WIDTH = 100

/**
 * Shows an error or problem in its source: the message, the line, and a caret under the place. Of a long line only the
 * part around the place is shown. Plain text without colours.
 */
export function formatError(source: string, error: { readonly message: string; readonly at: Place }): string {
  const { line, column } = error.at
  const text = (source.split('\n')[line - 1] ?? '').replaceAll(/[\t\r]/g, ' ')
  const from = Math.max(0, Math.min(column - 1 - WIDTH / 2, text.length - WIDTH))
  const shown = `${from > 0 ? '…' : ''}${text.slice(from, from + WIDTH)}${from + WIDTH < text.length ? '…' : ''}`
  const label = `${line}:${column} | `
  const caret = ' '.repeat(label.length + column - 1 - from + (from > 0 ? 1 : 0))
  return `${error.message}\n${label}${shown}\n${caret}^`
}
