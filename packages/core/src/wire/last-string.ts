import { endOfString, scanJson } from './scan-json.ts'

/** A string of JSON text: from its quote to after its quote. */
export interface StringSpan {
  readonly start: number
  readonly end: number
}

/** The last string that begins before an offset, in text that is JSON up to there. */
export function lastString(text: string, before: number): StringSpan | undefined {
  const read = text.slice(0, before)
  let start: number | undefined
  const note = (offset: number) => {
    if (read.charAt(offset) === '"') start = offset
  }
  scanJson(read, { value: note, key: note, close() {} })
  return start === undefined ? undefined : { start, end: endOfString(text, start) }
}
