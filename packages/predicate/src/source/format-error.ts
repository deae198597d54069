import type { Place } from './place.ts'
import { visible, visibleText } from './visible.ts'

const WIDTH = 100

/**
 * Shows an error or problem in its source: the message, the line, and a caret under the place, by the cells that a terminal
 * gives each character. Of a long line only the part around the place is shown. Plain text without colours, and without
 * the characters that a terminal would obey.
 */
export function formatError(source: string, error: { readonly message: string; readonly at: Place }): string {
  const { line, column } = error.at
  const text = (source.split('\n')[line - 1] ?? '').replace(/\r$/, '')
  const from = whole(text, Math.max(0, Math.min(column - 1 - WIDTH / 2, text.length - WIDTH)))
  const to = whole(text, from + WIDTH)
  const characters = visible(text.slice(from, to))
  const shown = characters.map((character) => character.text).join('')
  const before = characters.filter(({ end }) => end <= column - 1 - from)
  const cells = before.reduce((sum, character) => sum + character.cells, Math.max(0, column - 1 - text.length))
  const label = `${line}:${column} | ${from > 0 ? '…' : ''}`
  const rest = to < text.length ? '…' : ''
  return `${visibleText(error.message)}\n${label}${shown}${rest}\n${' '.repeat(label.length + cells)}^`
}

/** The nearest offset at or before this one that does not cut a character in two. */
function whole(text: string, offset: number): number {
  const unit = text.charCodeAt(offset)
  return offset > 0 && unit >= 0xdc00 && unit <= 0xdfff ? offset - 1 : offset
}
