import type { Place } from './place.ts'

/** A line and a column inside a string. */
export interface Inner {
  readonly line: number
  readonly column: number
}

/**
 * The place in JSON text of a place inside a string that begins (with its quote) at `start`: escapes take more room there than
 * what they stand for.
 */
export function placeInString(text: string, start: Place, inner: Inner): Place {
  if (text.charAt(start.offset) !== '"') return start
  let line = 1
  let column = 1
  let at = start.offset + 1
  while (line < inner.line || (line === inner.line && column < inner.column)) {
    const { length, character } = characterAt(text, at)
    if (length === 0) break
    at += length
    if (character === '\n') {
      line += 1
      column = 1
    } else {
      column += 1
    }
  }
  return { offset: at, line: start.line, column: start.column + at - start.offset }
}

function characterAt(text: string, at: number): { readonly length: number; readonly character: string } {
  const character = text.charAt(at)
  if (character === '"' || character === '') return { length: 0, character: '' }
  if (character !== '\\') return { length: 1, character }
  const letter = text.charAt(at + 1)
  if (letter === 'u')
    return { length: 6, character: String.fromCharCode(Number.parseInt(text.slice(at + 2, at + 6), 16)) }
  return { length: 2, character: letter === 'n' ? '\n' : letter }
}
