const DOUBLE = /[\u201c-\u201f\u2033\u00ab\u00bb]/g
const SINGLE = /[\u2018-\u201b\u2032]/g

/** Whether text has typographic quotes. */
export function hasCurlyQuotes(text: string): boolean {
  return straightened(text) !== text
}

/** Where the first typographic quote stands, or -1. */
export function firstCurlyQuote(text: string): number {
  return text.search(new RegExp(`${DOUBLE.source}|${SINGLE.source}`))
}

/** Text with a straight quote for each typographic one; nothing else moves. */
export function straightened(text: string): string {
  return text.replace(DOUBLE, '"').replace(SINGLE, "'")
}
