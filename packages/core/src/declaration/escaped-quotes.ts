/** Text with the quotes escaped that stand inside strings, and where the first of them stood. */
export interface EscapedQuotes {
  readonly text: string
  readonly first: number | undefined
}

const ENDS_STRING = {
  /** In an object a string ends before its colon, before the next key, or with the object. */
  '{': /^\s*(?::|,\s*"[^"\n]*"\s*:|\}\s*(?:[,}\]]|$))/,
  /** In an array it ends before the next value, or with the array. */
  '[': /^\s*(?:,\s*["[{\d-]|,\s*(?:true|false|null)|\]\s*(?:[,}\]]|$))/,
} as const

/**
 * Escapes quotes in what would be JSON but for quotes inside its strings: a quote after which JSON could not go on is taken
 * for one that belongs to the string. A guess: whoever uses it reads the result as JSON and looks whether it is.
 */
export function escapedQuotes(text: string): EscapedQuotes {
  const around: ('{' | '[')[] = []
  let made = ''
  let first: number | undefined
  let inString = false
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? ''
    if (inString && character === '\\') {
      made += character + (text[++index] ?? '')
      continue
    }
    if (character === '"') {
      const inner = inString && !ENDS_STRING[around.at(-1) ?? '{'].test(text.slice(index + 1, index + 1 + LOOK_AHEAD))
      if (inner) {
        first ??= index
        made += '\\'
      } else inString = !inString
    } else if (!inString) follow(character, around)
    made += character
  }
  return { text: made, first }
}

/** What decides stands near; without a bound a long text would take quadratic time. */
const LOOK_AHEAD = 256

function follow(character: string, around: ('{' | '[')[]): void {
  if (character === '{' || character === '[') around.push(character)
  else if (character === '}' || character === ']') around.pop()
}
