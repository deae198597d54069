/** A known slip in text that is nearly JSON, and the text without it. Nothing moves: as many characters as before. */
export interface Mend {
  readonly offset: number
  /** Where the string begins in which it stands: one string is told of once. */
  readonly string: number
  readonly text: string
}

/** Puts one character in the place of another. */
export function replaced(text: string, offset: number, character: string): string {
  return text.slice(0, offset) + character + text.slice(offset + 1)
}
