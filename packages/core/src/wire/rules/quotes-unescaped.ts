import { lastString } from '../last-string.ts'
import { type Mend, replaced } from '../mend.ts'
import type { WireRule } from '../wire-rule.ts'

/** The quotes of a predicate inside the quotes of JSON, as in the WWDC22 listing. */
export const quotesUnescaped: WireRule = {
  code: 'quotes-unescaped',
  severity: 'error',
  finds: 'quotes inside a string without a backslash before them, as in the WWDC22 listing: the text is no JSON',
}

/** Puts a single quote, which predicates take as well, for the double one because of which reading stopped at an offset. */
export function mendUnescaped(text: string, stopped: number): Mend | undefined {
  const string = lastString(text, stopped)
  if (string === undefined || string.end > stopped || text.slice(string.end, stopped).trim() !== '') return undefined
  const next = text.charAt(stopped)
  const adjacent = string.end === stopped
  if (next === '' || ',:}]\n'.includes(next) || (next === '"' && !adjacent)) return undefined
  const end = text.indexOf('\n', stopped)
  const line = text.slice(stopped, end === -1 ? text.length : end)
  const last = line.search(/"[,}\]\s]*$/)
  if (!line.includes('"')) return undefined
  const offset = string.end - 1
  // A string that ends its line, as in JSON that was written for people: every quote before that one is inside.
  const whole = last === -1 ? '' : line.slice(0, last).replaceAll('"', "'")
  const mended = replaced(text, offset, "'")
  return {
    offset,
    string: string.start,
    text: whole === '' ? mended : mended.slice(0, stopped) + whole + mended.slice(stopped + whole.length),
  }
}
