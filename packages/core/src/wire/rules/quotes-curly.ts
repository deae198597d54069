import { lastString } from '../last-string.ts'
import { type Mend, replaced } from '../mend.ts'
import type { WireRule } from '../wire-rule.ts'

/** Typographic quotes around a key or a value, as a slide, a word processor or a chat makes them of a listing. */
export const quotesCurly: WireRule = {
  code: 'quotes-curly',
  severity: 'error',
  finds: 'typographic quotes around a key or value: the text is no JSON',
}

const CURLY = /[\u201c-\u201f\u2033\u00ab\u00bb]/
/** One that ends a string: something of JSON follows. */
const CLOSING = /[\u201c-\u201f\u2033\u00ab\u00bb](?=\s*(?:[,:}\]]|$))/

/** Straightens the typographic quotes because of which reading stopped at an offset. */
export function mendCurly(text: string, stopped: number): Mend | undefined {
  if (CURLY.test(text.charAt(stopped))) {
    const opened = replaced(text, stopped, '"')
    const line = opened.slice(stopped + 1, lineEnd(opened, stopped))
    const next = line.search(/["\u201c-\u201f\u2033\u00ab\u00bb]/)
    const closed = next === -1 || line.charAt(next) === '"' ? opened : replaced(opened, stopped + 1 + next, '"')
    return { offset: stopped, string: stopped, text: closed }
  }
  const string = lastString(text, stopped)
  if (string === undefined) return undefined
  const within = text.slice(string.start, string.end).search(CLOSING)
  if (within < 1) return undefined
  const offset = string.start + within
  return { offset, string: string.start, text: replaced(text, offset, '"') }
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end === -1 ? text.length : end
}
