/** What is met in JSON text, from left to right. Offsets are in UTF-16 code units. */
export interface JsonListener {
  /** A value begins; `open` for an object or an array. */
  value(offset: number, open: '{' | '[' | undefined): void
  /** A key of the object that is open; `literal` with its quotes. */
  key(offset: number, literal: string): void
  /** The object or array that is open ends. */
  close(): void
}

/** Goes over JSON that is known to be valid: JSON.parse tells no places. Of other text it tells what it can. */
export function scanJson(text: string, listener: JsonListener): void {
  const open: ('{' | '[')[] = []
  let keyDue = false
  let at = 0
  while (at < text.length) {
    const character = text.charAt(at)
    if (character === '{' || character === '[') {
      listener.value(at, character)
      open.push(character)
      keyDue = character === '{'
      at += 1
    } else if (character === '}' || character === ']') {
      open.pop()
      listener.close()
      keyDue = false
      at += 1
    } else if (character === ',') {
      keyDue = open.at(-1) === '{'
      at += 1
    } else if (character === '"') {
      const end = endOfString(text, at)
      if (keyDue) listener.key(at, text.slice(at, end))
      else listener.value(at, undefined)
      keyDue = false
      at = end
    } else if (':\t\n\r '.includes(character)) {
      at += 1
    } else {
      listener.value(at, undefined)
      at = endOfWord(text, at + 1)
    }
  }
}

/** The offset after the quote that ends the string that begins at `start`. */
export function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 0x5c) at += 1
    else if (code === 0x22) return at + 1
  }
  return text.length
}

function endOfWord(text: string, start: number): number {
  let at = start
  while (at < text.length && !',]}\t\n\r '.includes(text.charAt(at))) at += 1
  return at
}
