/** Begins a text that is kept as JSON; a text that begins so itself is kept as JSON too. */
const MARK = '\u0001'

/**
 * A text as both databases can keep it. PostgreSQL refuses U+0000, and neither keeps half of a surrogate pair; devices send
 * both. Such a text is kept as JSON behind a mark, every other as it is.
 */
export function keepable(text: string): string {
  if (text.isWellFormed() && !text.includes('\0') && !text.startsWith(MARK)) return text
  return MARK + JSON.stringify(text).replaceAll('\0', '\\u0000')
}

/** The text that was given to {@link keepable}. */
export function kept(text: string): string {
  return text.startsWith(MARK) ? (JSON.parse(text.slice(1)) as string) : text
}
